/* SPDX-License-Identifier: BSD-2-Clause */
/* map_branches.c: the branches of PHYSICAL CHANNEL RECONFIGURATION (r3 to r13) and UTRAN MOBILITY INFORMATION (r3 to
 * r13), each reduced to a view of pointers (TS 25.331 10.2.22, 10.2.62).
 *
 * In each CHOICE of criticalExtensions, alternative 1 is the release's branch and 2 leads to the next release. See
 * patches/25331-text.md, 10.2.22 and 10.2.62. */
#include "rrc/map.h"

#include <string.h>

#define HERE(choice) ((int)(choice)->present == 1)
/* One level of a non-critical chain. */
#define LEVEL(level, member) __auto_type member = (level) ? (level)->member##NonCriticalExtensions : NULL
/* The same where the module uses another name. */
#define LEVEL_AS(level, name, member) __auto_type name = (level) ? (level)->member : NULL

#define VIEW_EXTENSION(v, last, element) \
	do { \
		if (last) \
			(v)->level = &(last)->element.body; \
	} while (0)

#define VIEW_COMMON(v, ies) \
	do { \
		(v)->u_rnti = (ies)->new_U_RNTI; \
		(v)->c_rnti = (ies)->new_C_RNTI; \
		(v)->ura = (ies)->ura_Identity; \
		(v)->sync = (ies)->dl_CounterSynchronisationInfo != NULL; \
	} while (0)
/* Up to r6 a branch can name only UEA1 and UIA1, from r7 on all algorithms. */
#define VIEW_ALGORITHMS(v, ies) \
	do { \
		(v)->integrity = (ies)->integrityProtectionModeInfo; \
		(v)->ciphering = (ies)->cipheringModeInfo; \
	} while (0)
#define VIEW_ALGORITHMS_R7(v, ies) \
	do { \
		(v)->integrity_r7 = (ies)->integrityProtectionModeInfo; \
		(v)->ciphering_r7 = (ies)->cipheringModeInfo; \
	} while (0)
/* In r5 the member has another name than in r3 and r4. */
#define VIEW_PDCP(v, ies) ((v)->pdcp = (v)->sync ? (ies)->dl_CounterSynchronisationInfo->rB_WithPDCP_InfoList : NULL)
#define VIEW_PDCP_R5(v, ies) ((v)->pdcp = (v)->sync ? (ies)->dl_CounterSynchronisationInfo->rb_WithPDCP_InfoList : NULL)

/* ---- PHYSICAL CHANNEL RECONFIGURATION ---- */

/* In every modeSpecificInfo, present 1 is FDD. */
#define VIEW_PHYSICAL(v, ies) \
	do { \
		__auto_type cn_ = (ies)->cn_InformationInfo; \
		__auto_type rls_ = (ies)->dl_InformationPerRL_List; \
		__auto_type rl_ = rls_ ? rls_->list.array[0] : NULL; \
		VIEW_COMMON(v, ies); \
		(v)->state = (ies)->rrc_StateIndicator; \
		(v)->cn = cn_ != NULL; \
		(v)->plmn = cn_ ? cn_->plmn_Identity : NULL; \
		(v)->common = cn_ ? cn_->cn_CommonGSM_MAP_NAS_SysInfo : NULL; \
		(v)->domains = cn_ ? cn_->cn_DomainInformationList : NULL; \
		(v)->activation_time = (ies)->activationTime; \
		(v)->frequency = (ies)->frequencyInfo; \
		if (rl_ && HERE(&rl_->modeSpecificInfo)) \
			(v)->scrambling_code = \
				&rl_->modeSpecificInfo.choice.fdd.primaryCPICH_Info.primaryScramblingCode; \
	} while (0)
#define VIEW_PHYSICAL_R5(v, ies) \
	do { \
		VIEW_PHYSICAL(v, ies); \
		VIEW_ALGORITHMS(v, ies); \
		VIEW_PDCP_R5(v, ies); \
	} while (0)
#define VIEW_PHYSICAL_R7(v, ies) \
	do { \
		VIEW_PHYSICAL(v, ies); \
		VIEW_ALGORITHMS_R7(v, ies); \
		VIEW_PDCP_R5(v, ies); \
	} while (0)
#define PHYSICAL_EXTENSION(v, last) VIEW_EXTENSION(v, last, physicalChannelReconfiguration_vIuplusext)

static void view_physical_r3(const RRC_PhysicalChannelReconfiguration_t *in, struct rrc_view *v)
{
	const RRC_PhysicalChannelReconfiguration_r3_IEs_t *ies = &in->choice.r3.physicalChannelReconfiguration_r3;
	LEVEL(&in->choice.r3, v3a0);
	LEVEL(v3a0, later);
	LEVEL_AS(later, v4b0, v4b0NonCriticalExtenstions);
	LEVEL_AS(v4b0, v590, v590NonCriticalExtenstions);
	LEVEL(v590, v690);
	LEVEL(v690, v770);
	LEVEL(v770, vIuplus);

	v->transaction = ies->rrc_TransactionIdentifier;
	VIEW_PHYSICAL(v, ies);
	VIEW_ALGORITHMS(v, ies);
	VIEW_PDCP(v, ies);
	PHYSICAL_EXTENSION(v, vIuplus);
}

bool rrc_view_physical_channel(const RRC_PhysicalChannelReconfiguration_t *in, struct rrc_view *v)
{
	__auto_type r4 = &in->choice.later_than_r3.criticalExtensions;
	__auto_type r5 = &r4->choice.criticalExtensions;
	__auto_type r6 = &r5->choice.criticalExtensions;
	__auto_type r7 = &r6->choice.criticalExtensions;
	__auto_type r8 = &r7->choice.criticalExtensions;
	__auto_type r9 = &r8->choice.criticalExtensions;
	__auto_type r10 = &r9->choice.criticalExtensions;
	__auto_type r11 = &r10->choice.criticalExtensions;
	__auto_type r12 = &r11->choice.criticalExtensions;
	__auto_type r13 = &r12->choice.criticalExtensions;

	memset(v, 0, sizeof(*v));
	if (in->present == RRC_PhysicalChannelReconfiguration_PR_r3) {
		view_physical_r3(in, v);
		return true;
	}
	v->transaction = in->choice.later_than_r3.rrc_TransactionIdentifier;
	if (HERE(r4)) {
		__auto_type ies = &r4->choice.r4.physicalChannelReconfiguration_r4;
		LEVEL(&r4->choice.r4, v4d0);
		LEVEL_AS(v4d0, v590, v590NonCriticalExtenstions);
		LEVEL(v590, v690);
		LEVEL(v690, v770);
		LEVEL(v770, vIuplus);

		VIEW_PHYSICAL(v, ies);
		VIEW_ALGORITHMS(v, ies);
		VIEW_PDCP(v, ies);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r5)) {
		LEVEL(&r5->choice.r5, v690);
		LEVEL(v690, v770);
		LEVEL(v770, vIuplus);

		VIEW_PHYSICAL_R5(v, &r5->choice.r5.physicalChannelReconfiguration_r5);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r6)) {
		LEVEL(&r6->choice.r6, v6b0);
		LEVEL(v6b0, v770);
		LEVEL(v770, vIuplus);

		VIEW_PHYSICAL_R5(v, &r6->choice.r6.physicalChannelReconfiguration_r6);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r7)) {
		LEVEL(&r7->choice.r7, v780);
		LEVEL(v780, v7d0);
		LEVEL(v7d0, v7f0);
		LEVEL(v7f0, v7g0);
		LEVEL(v7g0, vIuplus);

		VIEW_PHYSICAL_R7(v, &r7->choice.r7.physicalChannelReconfiguration_r7);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r8)) {
		LEVEL(&r8->choice.r8, v7d0);
		LEVEL(v7d0, v7f0);
		LEVEL(v7f0, v890);
		LEVEL(v890, v7g0);
		LEVEL(v7g0, v8a0);
		LEVEL(v8a0, vIuplus);

		VIEW_PHYSICAL_R7(v, &r8->choice.r8.physicalChannelReconfiguration_r8);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r9)) {
		LEVEL(&r9->choice.r9, v950);
		LEVEL(v950, vIuplus);

		VIEW_PHYSICAL_R7(v, &r9->choice.r9.physicalChannelReconfiguration_r9);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r10)) {
		LEVEL(&r10->choice.r10, vb50);
		LEVEL(vb50, vIuplus);

		VIEW_PHYSICAL_R7(v, &r10->choice.r10.physicalChannelReconfiguration_r10);
		PHYSICAL_EXTENSION(v, vIuplus);
	} else if (HERE(r11)) {
		VIEW_PHYSICAL_R7(v, &r11->choice.r11.physicalChannelReconfiguration_r11);
		PHYSICAL_EXTENSION(v, r11->choice.r11.vIuplusNonCriticalExtensions);
	} else if (HERE(r12)) {
		VIEW_PHYSICAL_R7(v, &r12->choice.r12.physicalChannelReconfiguration_r12);
		PHYSICAL_EXTENSION(v, r12->choice.r12.vIuplusNonCriticalExtensions);
	} else if (HERE(r13)) {
		VIEW_PHYSICAL_R7(v, &r13->choice.r13.physicalChannelReconfiguration_r13);
		PHYSICAL_EXTENSION(v, r13->choice.r13.vIuplusNonCriticalExtensions);
	} else {
		return false;
	}
	return true;
}

/* ---- UTRAN MOBILITY INFORMATION ---- */

#define VIEW_MOBILITY(v, ies) \
	do { \
		__auto_type cn_ = (ies)->cn_InformationInfo; \
		VIEW_COMMON(v, ies); \
		(v)->cn = cn_ != NULL; \
		(v)->plmn = cn_ ? cn_->plmn_Identity : NULL; \
		(v)->common = cn_ ? cn_->cn_CommonGSM_MAP_NAS_SysInfo : NULL; \
		(v)->domains_full = cn_ ? cn_->cn_DomainInformationListFull : NULL; \
	} while (0)
#define VIEW_MOBILITY_R7(v, ies) \
	do { \
		VIEW_MOBILITY(v, ies); \
		VIEW_ALGORITHMS_R7(v, ies); \
		VIEW_PDCP_R5(v, ies); \
	} while (0)
#define MOBILITY_EXTENSION(v, last) VIEW_EXTENSION(v, last, utranMobilityInformation_vIuplusext)

bool rrc_view_mobility(const RRC_UTRANMobilityInformation_t *in, struct rrc_view *v)
{
	__auto_type r5 = &in->choice.later_than_r3.criticalExtensions;
	__auto_type r7 = &r5->choice.criticalExtensions;
	__auto_type r11 = &r7->choice.criticalExtensions;
	__auto_type r12 = &r11->choice.criticalExtensions;
	__auto_type r13 = &r12->choice.criticalExtensions;

	memset(v, 0, sizeof(*v));
	if (in->present == RRC_UTRANMobilityInformation_PR_r3) {
		const RRC_UTRANMobilityInformation_r3_IEs_t *ies = &in->choice.r3.utranMobilityInformation_r3;
		LEVEL(&in->choice.r3, v3a0);
		LEVEL(v3a0, later);
		LEVEL(later, v690);
		LEVEL_AS(v690, v860, v860NonCriticalExtentions);
		LEVEL(v860, vIuplus);

		v->transaction = ies->rrc_TransactionIdentifier;
		VIEW_MOBILITY(v, ies);
		VIEW_ALGORITHMS(v, ies);
		VIEW_PDCP(v, ies);
		MOBILITY_EXTENSION(v, vIuplus);
		return true;
	}
	v->transaction = in->choice.later_than_r3.rrc_TransactionIdentifier;
	if (HERE(r5)) {
		__auto_type ies = &r5->choice.r5.utranMobilityInformation_r5;
		LEVEL(&r5->choice.r5, v690);
		LEVEL_AS(v690, v860, v860NonCriticalExtentions);
		LEVEL(v860, vIuplus);

		VIEW_MOBILITY(v, ies);
		VIEW_ALGORITHMS(v, ies);
		VIEW_PDCP_R5(v, ies);
		MOBILITY_EXTENSION(v, vIuplus);
	} else if (HERE(r7)) {
		LEVEL(&r7->choice.r7, v860);
		LEVEL_AS(v860, vb50, vb50NonCriticalExtentions);
		LEVEL(vb50, vIuplus);

		VIEW_MOBILITY_R7(v, &r7->choice.r7.utranMobilityInformation_r7);
		MOBILITY_EXTENSION(v, vIuplus);
	} else if (HERE(r11)) {
		VIEW_MOBILITY_R7(v, &r11->choice.r11.utranMobilityInformation_r11);
		MOBILITY_EXTENSION(v, r11->choice.r11.vIuplusNonCriticalExtensions);
	} else if (HERE(r12)) {
		VIEW_MOBILITY_R7(v, &r12->choice.r12.utranMobilityInformation_r12);
		MOBILITY_EXTENSION(v, r12->choice.r12.vIuplusNonCriticalExtensions);
	} else if (HERE(r13)) {
		VIEW_MOBILITY_R7(v, &r13->choice.r13.utranMobilityInformation_r13);
		MOBILITY_EXTENSION(v, r13->choice.r13.vIuplusNonCriticalExtensions);
	} else {
		return false;
	}
	return true;
}
