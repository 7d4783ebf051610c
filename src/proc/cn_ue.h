/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_ue.h: the core's context of one UE: a link and its mobility user. Not installed. */
#ifndef IUPLUS_PROC_CN_UE_H
#define IUPLUS_PROC_CN_UE_H

#include "src/proc/cn_gmm.h"

struct iuplus_cn_ue {
	const struct iuplus_cn_config *config;
	void *user; /* the owner's */
	struct cn_link_ue link;
	struct cn_gmm_ue gmm;
	bool ended; /* IUPLUS_ACT_FREE was given: every event is ignored */
};

#endif
