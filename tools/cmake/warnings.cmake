# Our own files: warnings are errors. Third parties are included as system headers.
add_library(leukolens_options INTERFACE)
target_compile_options(leukolens_options INTERFACE -Wall -Wextra -Wshadow -Werror)
# GCC 12 sees overlaps in std::string where there are none (its bug 105329).
target_compile_options(leukolens_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(leukolens_options INTERFACE ${CMAKE_SOURCE_DIR})
if(LEUKOLENS_SANITIZE)
  target_compile_options(leukolens_options INTERFACE -fsanitize=address,undefined
                         -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  target_link_options(leukolens_options INTERFACE -fsanitize=address,undefined)
endif()
