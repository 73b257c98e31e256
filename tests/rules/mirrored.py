"""The test tree is the include tree: each header has its test, whose first #include it is."""
import house

tested = set()
for path, lines in house.unit_tests():
    header = path.parent / (path.name.removesuffix("_test.cpp") + ".hpp")
    tested.add(header)
    if not (house.include / header).exists():
        house.fault(house.tests / path, 1, f"there is no header turnout/{header}")
        continue
    number, first = next(house.included(lines), (1, "nothing"))
    if first != f"turnout/{header}":
        house.fault(house.tests / path, number, f"includes {first} first, not turnout/{header}")

for path, _ in house.headers():
    # The umbrellas and the version have nothing in them to be tested.
    if len(path.parts) > 1 and not house.is_umbrella(path) and path not in tested:
        test = house.tests / path.with_name(path.stem + "_test.cpp")
        house.fault(house.include / path, 1, f"has no test {test.relative_to(house.root)}")
house.finish()
