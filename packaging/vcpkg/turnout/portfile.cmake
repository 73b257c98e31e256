# An overlay port: it installs the tree that it is in. A registry's port would fetch the archive of a
# release with vcpkg_from_github() instead.
get_filename_component(SOURCE_PATH ${CMAKE_CURRENT_LIST_DIR}/../../.. ABSOLUTE)
set(VCPKG_BUILD_TYPE release)  # There are only headers.

vcpkg_cmake_configure(SOURCE_PATH ${SOURCE_PATH}
                      OPTIONS -DTURNOUT_TESTS=OFF -DTURNOUT_EXAMPLES=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME turnout CONFIG_PATH share/cmake/turnout)
vcpkg_fixup_pkgconfig()
vcpkg_install_copyright(FILE_LIST ${SOURCE_PATH}/LICENSE)
file(INSTALL ${CMAKE_CURRENT_LIST_DIR}/usage DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT})
