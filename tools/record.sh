# Sourced by scripts that write what they found into the table at the end of a page.
#
#   record PAGE NAME CELL...   replaces the row with that name, or adds one; such rows, and no others on
#                              that page, begin with a lower-case letter

record() {
  page=$1
  name=$2
  shift 2
  {
    sed '/^| [a-z]/d' "$page"
    {
      grep '^| [a-z]' "$page" | grep -vF "| $name |" || :
      echo "| $name |$(printf ' %s |' "$@")"
    } | LC_ALL=C sort
  } >"$page.new"
  mv "$page.new" "$page"
}
