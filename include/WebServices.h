/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The header under the mixed-case name that many programs spell, for file systems that tell the two apart. */
#include "webservices.h"
