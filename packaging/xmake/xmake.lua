-- turnout for xmake, from the archive of a release or a checkout in the folder turnout.
add_rules("mode.debug", "mode.release")
set_languages("c++20")

target("turnout")
    set_kind("headeronly")
    add_includedirs("turnout/include", {public = true})
    add_headerfiles("turnout/include/(turnout/**.hpp)")

target("consumer")
    set_kind("binary")
    add_files("main.cpp")
    add_deps("turnout")
