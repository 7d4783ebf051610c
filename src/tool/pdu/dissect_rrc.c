/* SPDX-License-Identifier: BSD-2-Clause */
/* dissect_rrc.c: RRC messages by their identification in captures: GSMTAP's numbers and Wireshark's names. The
 * project's modules have only some of the types; the complete ones of TS 25.331 have all. */
#include <string.h>

#include "src/tool/pdu/dissect.h"

/* In the order of GSMTAP's numbers. */
static const struct {
	const char *type, *name;
} messages[] = {
	{ "DL-DCCH-Message", "rrc.dl.dcch" },
	{ "UL-DCCH-Message", "rrc.ul.dcch" },
	{ "DL-CCCH-Message", "rrc.dl.ccch" },
	{ "UL-CCCH-Message", "rrc.ul.ccch" },
	{ "PCCH-Message", "rrc.pcch" },
	{ "DL-SHCCH-Message", "rrc.dl.shcch" },
	{ "UL-SHCCH-Message", "rrc.ul.shcch" },
	{ "BCCH-FACH-Message", "rrc.bcch.fach" },
	{ "BCCH-BCH-Message", "rrc.bcch.bch" },
	{ "MCCH-Message", "rrc.mcch" },
	{ "MSCH-Message", "rrc.msch" },
	{ "HandoverToUTRANCommand", "rrc.irat.ho_to_utran_cmd" },
	{ "InterRATHandoverInfo", "rrc.irat.irat_ho_info" },
	{ "SystemInformation-BCH", "rrc.sysinfo" },
	{ "System-Information-Container", "rrc.sysinfo.cont" },
	{ "UE-RadioAccessCapabilityInfo", "rrc.ue_radio_access_cap_info" },
	{ "MasterInformationBlock", "rrc.si.mib" },
	{ "SysInfoType1", "rrc.si.sib1" },
	{ "SysInfoType2", "rrc.si.sib2" },
	{ "SysInfoType3", "rrc.si.sib3" },
	{ "SysInfoType4", "rrc.si.sib4" },
	{ "SysInfoType5", "rrc.si.sib5" },
	{ "SysInfoType5bis", "rrc.si.sib5bis" },
	{ "SysInfoType6", "rrc.si.sib6" },
	{ "SysInfoType7", "rrc.si.sib7" },
	{ "SysInfoType8", "rrc.si.sib8" },
	{ "SysInfoType9", "rrc.si.sib9" },
	{ "SysInfoType10", "rrc.si.sib10" },
	{ "SysInfoType11", "rrc.si.sib11" },
	{ "SysInfoType11bis", "rrc.si.sib11bis" },
	{ "SysInfoType12", "rrc.si.sib12" },
	{ "SysInfoType13", "rrc.si.sib13" },
	{ "SysInfoType13-1", "rrc.si.sib13-1" },
	{ "SysInfoType13-2", "rrc.si.sib13-2" },
	{ "SysInfoType13-3", "rrc.si.sib13-3" },
	{ "SysInfoType13-4", "rrc.si.sib13-4" },
	{ "SysInfoType14", "rrc.si.sib14" },
	{ "SysInfoType15", "rrc.si.sib15" },
	{ "SysInfoType15bis", "rrc.si.sib15bis" },
	{ "SysInfoType15-1", "rrc.si.sib15-1" },
	{ "SysInfoType15-1bis", "rrc.si.sib15-1bis" },
	{ "SysInfoType15-2", "rrc.si.sib15-2" },
	{ "SysInfoType15-2bis", "rrc.si.sib15-2bis" },
	{ "SysInfoType15-2ter", "rrc.si.sib15-2ter" },
	{ "SysInfoType15-3", "rrc.si.sib15-3" },
	{ "SysInfoType15-3bis", "rrc.si.sib15-3bis" },
	{ "SysInfoType15-4", "rrc.si.sib15-4" },
	{ "SysInfoType15-5", "rrc.si.sib15-5" },
	{ "SysInfoType15-6", "rrc.si.sib15-6" },
	{ "SysInfoType15-7", "rrc.si.sib15-7" },
	{ "SysInfoType15-8", "rrc.si.sib15-8" },
	{ "SysInfoType16", "rrc.si.sib16" },
	{ "SysInfoType17", "rrc.si.sib17" },
	{ "SysInfoType18", "rrc.si.sib18" },
	{ "SysInfoType19", "rrc.si.sib19" },
	{ "SysInfoType20", "rrc.si.sib20" },
	{ "SysInfoType21", "rrc.si.sib21" },
	{ "SysInfoType22", "rrc.si.sib22" },
	{ "SysInfoTypeSB1", "rrc.si.sb1" },
	{ "SysInfoTypeSB2", "rrc.si.sb2" },
	{ "ToTargetRNC-Container", "rrc.s_to_trnc_cont" },
	{ "TargetRNC-ToSourceRNC-Container", "rrc.t_to_srnc_cont" },
};
#define MESSAGES (sizeof(messages) / sizeof(messages[0]))

const char *pdu_gsmtap_rrc(unsigned number)
{
	return number < MESSAGES ? messages[number].type : NULL;
}

const char *pdu_rrc_by_name(const char *dissector, size_t length)
{
	unsigned i;

	for (i = 0; i < MESSAGES; i++) {
		if (strlen(messages[i].name) == length && memcmp(messages[i].name, dissector, length) == 0)
			return messages[i].type;
	}
	return NULL;
}

const char *pdu_rrc_name(const char *type)
{
	unsigned i;

	for (i = 0; i < MESSAGES; i++) {
		if (strcmp(messages[i].type, type) == 0)
			return messages[i].name;
	}
	return NULL;
}
