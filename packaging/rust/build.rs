//! Compiles the C interface, which is C++20 inside.
fn main() {
    let sources = ["../c/turnout_c.cpp", "../c/turnout.h", "../../include"];
    cc::Build::new()
        .cpp(true)
        .std("c++20")
        .include("../../include")
        .include("../c")
        .flag("-fno-exceptions")
        .flag("-fno-rtti")
        .file(sources[0])
        .compile("turnout_c");
    for source in sources {
        println!("cargo:rerun-if-changed={source}");
    }
}
