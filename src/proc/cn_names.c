/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_names.c: names, timers and configuration of the core's machine. */
#include <iuplus/cn.h>

#define NAME(id, name, ...) name,

const char *iuplus_cn_event_name(enum iuplus_cn_event_kind kind)
{
	static const char *const names[] = { IUPLUS_CN_EVENTS(NAME) };

	return (unsigned)kind < IUPLUS_CN_EV_COUNT ? names[kind] : "?";
}

const char *iuplus_cn_gmm_name(enum iuplus_cn_gmm state)
{
	static const char *const names[] = { IUPLUS_CN_GMM_STATES(NAME) };

	return (unsigned)state < IUPLUS_CN_GMM_COUNT ? names[state] : "?";
}

const char *iuplus_cn_vector_name(enum iuplus_cn_vector_state state)
{
	static const char *const names[] = { IUPLUS_CN_VECTOR_STATES(NAME) };

	return (unsigned)state < IUPLUS_CN_VECTOR_COUNT ? names[state] : "?";
}

#define TIMER(id, ms, name, ...) [IUPLUS_CN_##id] = { name, ms },
static const struct {
	const char *name;
	uint32_t ms;
} timers[IUPLUS_CN_TIMER_COUNT] = { IUPLUS_CN_TIMERS(TIMER) };

static unsigned row(unsigned timer)
{
	return timer == IUPLUS_CN_TRELEASE_1 ? (unsigned)IUPLUS_CN_TRELEASE : timer;
}

const char *iuplus_cn_timer_name(unsigned timer)
{
	return timer < IUPLUS_CN_TIMER_COUNT ? timers[row(timer)].name : "?";
}

uint32_t iuplus_cn_timer_default(unsigned timer)
{
	return timer < IUPLUS_CN_TIMER_COUNT ? timers[row(timer)].ms : 0;
}

int iuplus_cn_config_check(const struct iuplus_cn_config *config, const char **why)
{
	const struct iuplus_cn_link_config *link = &config->link;
	size_t i, k;

	*why = NULL;
	if (link->domain != IUPLUS_DOMAIN_PS)
		*why = "the packet domain: the mobility user is GMM";
	else if (!link->algorithms.uia_count || link->algorithms.uia_count > 2)
		*why = "one or two integrity algorithms: integrity protection is mandatory in UTRAN";
	else if (!link->algorithms.uea_count || link->algorithms.uea_count > 3)
		*why = "one to three encryption algorithms; 0 is \"no encryption\"";
	else if (config->gmm.vectors > IUPLUS_CN_MAX_VECTORS)
		*why = "at most five vectors at once";
	else if ((unsigned)config->gmm.aka > IUPLUS_CN_AKA_NEVER)
		*why = "aka is auto, always or never";
	else if ((unsigned)link->policy > IUPLUS_ENHANCED_SECURITY_REQUIRE)
		*why = "enhanced-security is off, prefer or require";
	else if ((unsigned)link->freshness > IUPLUS_SECURITY_FRESHNESS_RAND)
		*why = "freshness is none, counter, nonce or rand";
	else if ((unsigned)link->legacy_target_keys > IUPLUS_SECURITY_TARGET_CK_IK)
		*why = "legacy-target-keys is mapped or ck-ik";
	else if (link->rnc_count && !link->rnc)
		*why = "a table of RNCs";
	for (i = 0; !*why && i < link->algorithms.uia_count; i++)
		if (link->algorithms.uia[i] < 1 || link->algorithms.uia[i] > 2)
			*why = "integrity algorithms are 1 (UIA1) and 2 (UIA2)";
	for (i = 0; !*why && i < link->algorithms.uea_count; i++)
		if (link->algorithms.uea[i] > 2)
			*why = "encryption algorithms are 0, 1 (UEA1) and 2 (UEA2)";
	for (i = 0; !*why && i < link->rnc_count; i++) {
		if (link->rnc[i].rnc_id > 4095)
			*why = "an RNC-ID is 0 to 4095";
		for (k = 0; k < i; k++)
			if (link->rnc[k].rnc_id == link->rnc[i].rnc_id)
				*why = "every RNC has an RNC-ID of its own";
	}
	return *why ? IUPLUS_ERR_ARGUMENT : IUPLUS_OK;
}
