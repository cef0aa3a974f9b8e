/* version.h: which version this is; the practice log records it. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define REHEARSE_VERSION "0.1.0"

#endif
