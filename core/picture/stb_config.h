// stb_image as this room uses it: from memory, four formats, reasons in words. Include this and
// never "stb_image.h" itself.
#pragma once

#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_FAILURE_USERMSG
#define STBI_MAX_DIMENSIONS 65536
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_ONLY_BMP
#define STBI_ONLY_GIF
// Some of its assertions fail on damaged files; each is followed by a check that refuses them.
#define STBI_ASSERT(condition) ((void)(condition))
#include "stb_image.h"
