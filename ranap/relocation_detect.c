/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation_detect.c: Relocation Detect (TS 25.413 8.8). */
#include "ranap/values.h"

const struct ranap_message ranap_relocation_detect = RANAP_NO_IES(InitiatingMessage, relocationDetect);
