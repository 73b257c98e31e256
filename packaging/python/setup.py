"""Builds the extension module turnout from the C interface, which is C++20 inside."""
import os

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))


class Build(build_ext):
    """Gives each language its own flags."""

    def build_extension(self, ext):
        compile_one = self.compiler._compile

        def compile_with(target, source, suffix, arguments, extra, options):
            own = ["-std=c++20", "-fno-exceptions", "-fno-rtti"] if suffix == ".cpp" else []
            return compile_one(target, source, suffix, arguments, extra + own, options)

        self.compiler._compile = compile_with
        super().build_extension(ext)


setup(name="turnout", version="0.9.0", cmdclass={"build_ext": Build},
      ext_modules=[Extension("turnout", [f"{HERE}/turnout_python.c", f"{TOP}/packaging/c/turnout_c.cpp"],
                             include_dirs=[f"{TOP}/include", f"{TOP}/packaging/c"])])
