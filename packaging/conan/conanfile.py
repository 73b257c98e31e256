"""turnout for Conan 2: `conan create packaging/conan` from a checkout or an archive."""
from pathlib import Path
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load


class Turnout(ConanFile):
    name = "turnout"
    description = "WebSocket handshake, HTTP Upgrade and 101 Switching Protocols"
    topics = "websocket", "http", "upgrade", "parser", "header-only"
    license = "BSL-1.0"
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def set_version(self):
        text = load(self, Path(self.recipe_folder, "../../include/turnout/version.hpp"))
        numbers = re.findall(r"define TURNOUT_VERSION_(?:MAJOR|MINOR|PATCH) +(\d+)", text)
        self.version = ".".join(numbers)

    def export_sources(self):
        root = Path(self.recipe_folder, "../..")
        for pattern in "include/*.hpp", "LICENSE":
            copy(self, pattern, src=root, dst=self.export_sources_folder)

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        for pattern, folder in ("include/*", ""), ("LICENSE", "licenses"):
            copy(self, pattern, src=self.source_folder, dst=Path(self.package_folder, folder))

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
