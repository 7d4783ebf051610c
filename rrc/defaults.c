/* SPDX-License-Identifier: BSD-2-Clause */
/* defaults.c: mandatory elements that no procedure of this project uses: the capabilities of a UE of the 384 kbit/s
 * class with FDD only, the four signalling radio bearers of a 3.4 kbit/s DCH (TS 34.108 6.10.2.4.1.2), and the
 * transport channel that carries them. Every value is valid in its release. */
#include "rrc/map.h"

/* Logical channel and transport channel numbers of the signalling radio bearers. */
#define DCH 32
#define SRB_FIRST 1
#define SRB_LAST 4

void rrc_default_capability(struct rrc_map *m, RRC_UE_RadioAccessCapability_t *out)
{
	RRC_DL_TransChCapability_t *dl = &out->transportChannelCapability.dl_TransChCapability;
	RRC_UL_TransChCapability_t *ul = &out->transportChannelCapability.ul_TransChCapability;
	__auto_type rf = NEW(m, out->rf_Capability.fddRF_Capability);
	__auto_type channels = NEW(m, out->physicalChannelCapability.fddPhysChCapability);

	out->pdcp_Capability.losslessSRNS_RelocationSupport = 0;
	out->pdcp_Capability.supportForRfc2507.present = RRC_PDCP_Capability__supportForRfc2507_PR_notSupported;
	out->rlc_Capability.totalRLC_AM_BufferSize = RRC_TotalRLC_AM_BufferSize_kb50;
	out->rlc_Capability.maximumRLC_WindowSize = RRC_MaximumRLC_WindowSize_mws2047;
	out->rlc_Capability.maximumAM_EntityNumber = RRC_MaximumAM_EntityNumberRLC_Cap_am6;

	dl->maxNoBitsReceived = RRC_MaxNoBits_b6400;
	dl->maxConvCodeBitsReceived = RRC_MaxNoBits_b640;
	dl->turboDecodingSupport.present = RRC_TurboSupport_PR_supported;
	dl->turboDecodingSupport.choice.supported = RRC_MaxNoBits_b6400;
	dl->maxSimultaneousTransChs = RRC_MaxSimultaneousTransChsDL_e8;
	dl->maxSimultaneousCCTrCH_Count = 1;
	dl->maxReceivedTransportBlocks = RRC_MaxTransportBlocksDL_tb32;
	dl->maxNumberOfTFC = RRC_MaxNumberOfTFC_DL_tfc128;
	dl->maxNumberOfTF = RRC_MaxNumberOfTF_tf64;

	ul->maxNoBitsTransmitted = RRC_MaxNoBits_b6400;
	ul->maxConvCodeBitsTransmitted = RRC_MaxNoBits_b640;
	ul->turboEncodingSupport.present = RRC_TurboSupport_PR_supported;
	ul->turboEncodingSupport.choice.supported = RRC_MaxNoBits_b6400;
	ul->maxSimultaneousTransChs = RRC_MaxSimultaneousTransChsUL_e8;
	ul->modeSpecificInfo.present = RRC_UL_TransChCapability__modeSpecificInfo_PR_fdd;
	ul->maxTransmittedBlocks = RRC_MaxTransportBlocksUL_tb16;
	ul->maxNumberOfTFC = RRC_MaxNumberOfTFC_UL_tfc64;
	ul->maxNumberOfTF = RRC_MaxNumberOfTF_tf32;

	rf->ue_PowerClass = 3;
	rf->txRxFrequencySeparation = RRC_TxRxFrequencySeparation_default_TxRx_separation;
	channels->downlinkPhysChCapability.maxNoDPCH_PDSCH_Codes = 3;
	channels->downlinkPhysChCapability.maxNoPhysChBitsReceived = RRC_MaxNoPhysChBitsReceived_b19200;
	channels->downlinkPhysChCapability.dummy2.present = RRC_SimultaneousSCCPCH_DPCH_Reception_PR_notSupported;
	channels->uplinkPhysChCapability.maxNoDPDCH_BitsTransmitted = RRC_MaxNoDPDCH_BitsTransmitted_b9600;

	out->ue_MultiModeRAT_Capability.multiModeCapability = RRC_MultiModeCapability_fdd;
	out->ue_positioning_Capability.networkAssistedGPS_Supported =
		RRC_NetworkAssistedGPS_Supported_noNetworkAssistedGPS;
}

/* RB1 is unacknowledged, RB2 to RB4 are acknowledged. */
static void put_rlc(struct rrc_map *m, RRC_RLC_Info_t *rlc, bool acknowledged)
{
	RRC_UL_RLC_Mode_t *ul;
	RRC_DL_RLC_Mode_t *dl;

	rlc->ul_RLC_Mode = NEW(m, ul);
	rlc->dl_RLC_Mode = NEW(m, dl);
	if (!acknowledged) {
		ul->present = RRC_UL_RLC_Mode_PR_ul_UM_RLC_Mode;
		dl->present = RRC_DL_RLC_Mode_PR_dl_UM_RLC_Mode;
		return;
	}
	ul->present = RRC_UL_RLC_Mode_PR_ul_AM_RLC_Mode;
	ul->choice.ul_AM_RLC_Mode.transmissionRLC_Discard.present = RRC_TransmissionRLC_Discard_PR_noDiscard;
	ul->choice.ul_AM_RLC_Mode.transmissionRLC_Discard.choice.noDiscard = RRC_MaxDAT_dat15;
	ul->choice.ul_AM_RLC_Mode.transmissionWindowSize = RRC_TransmissionWindowSize_tw128;
	ul->choice.ul_AM_RLC_Mode.timerRST = RRC_TimerRST_tr500;
	ul->choice.ul_AM_RLC_Mode.max_RST = RRC_MaxRST_rst4;
	dl->present = RRC_DL_RLC_Mode_PR_dl_AM_RLC_Mode;
	dl->choice.dl_AM_RLC_Mode.inSequenceDelivery = 1;
	dl->choice.dl_AM_RLC_Mode.receivingWindowSize = RRC_ReceivingWindowSize_rw128;
	dl->choice.dl_AM_RLC_Mode.dl_RLC_StatusInfo.missingPDU_Indicator = 1;
}

static void put_srb(struct rrc_map *m, RRC_SRB_InformationSetup_t *srb, unsigned rb)
{
	RRC_RB_MappingOption_t *option;
	RRC_UL_LogicalChannelMappings_t *ul;
	RRC_UL_LogicalChannelMapping_t *mapping;
	RRC_DL_LogicalChannelMappingList_t *dl;
	RRC_DL_LogicalChannelMapping_t *dl_mapping;

	srb->rb_Identity = rrc_long(m, (long)rb);
	srb->rlc_InfoChoice.present = RRC_RLC_InfoChoice_PR_rlc_Info;
	put_rlc(m, &srb->rlc_InfoChoice.choice.rlc_Info, rb > SRB_FIRST);

	ADD(m, option, &srb->rb_MappingInfo.list, 1);
	option->ul_LogicalChannelMappings = NEW(m, ul);
	ul->present = RRC_UL_LogicalChannelMappings_PR_oneLogicalChannel;
	mapping = &ul->choice.oneLogicalChannel;
	mapping->ul_TransportChannelType.present = RRC_UL_TransportChannelType_PR_dch;
	mapping->ul_TransportChannelType.choice.dch = DCH;
	mapping->logicalChannelIdentity = rrc_long(m, (long)rb);
	mapping->rlc_SizeList.present = RRC_UL_LogicalChannelMapping__rlc_SizeList_PR_configured;
	mapping->mac_LogicalChannelPriority = (long)rb;
	option->dl_LogicalChannelMappingList = NEW(m, dl);
	ADD(m, dl_mapping, &dl->list, 1);
	dl_mapping->dl_TransportChannelType.present = RRC_DL_TransportChannelType_PR_dch;
	dl_mapping->dl_TransportChannelType.choice.dch = DCH;
	dl_mapping->logicalChannelIdentity = rrc_long(m, (long)rb);
}

void rrc_default_srb_list(struct rrc_map *m, RRC_SRB_InformationSetupList_t *out)
{
	unsigned rb;

	for (rb = SRB_FIRST; rb <= SRB_LAST; rb++) {
		RRC_SRB_InformationSetup_t *srb;

		put_srb(m, ADD(m, srb, &out->list, SRB_LAST), rb);
	}
}

void rrc_default_srb_list2(struct rrc_map *m, RRC_SRB_InformationSetupList2_t *out)
{
	unsigned rb;

	for (rb = SRB_FIRST; rb <= SRB_LAST; rb++) {
		RRC_SRB_InformationSetup_t *srb;

		put_srb(m, ADD(m, srb, &out->list, SRB_LAST), rb);
	}
}

/* One block of 148 bits each 40 ms, or none. */
static void put_transport_format_set(struct rrc_map *m, RRC_TransportFormatSet_t *out)
{
	RRC_DedicatedTransChTFS_t *tfs = &out->choice.dedicatedTransChTFS;
	RRC_DedicatedDynamicTF_Info_t *info;
	RRC_NumberOfTransportBlocks_t *blocks;

	out->present = RRC_TransportFormatSet_PR_dedicatedTransChTFS;
	tfs->tti.present = RRC_DedicatedTransChTFS__tti_PR_tti40;
	ADD(m, info, &tfs->tti.choice.tti40.list, 1);
	info->rlc_Size.present = RRC_DedicatedDynamicTF_Info__rlc_Size_PR_bitMode;
	/* BitModeRLC-SizeInfo sizeType2: 128 + 8 * part1 + part2 bits. */
	info->rlc_Size.choice.bitMode.present = RRC_BitModeRLC_SizeInfo_PR_sizeType2;
	info->rlc_Size.choice.bitMode.choice.sizeType2.part1 = 2;
	info->rlc_Size.choice.bitMode.choice.sizeType2.part2 = rrc_long(m, 4);
	ADD(m, blocks, &info->numberOfTbSizeList.list, 2);
	blocks->present = RRC_NumberOfTransportBlocks_PR_zero;
	ADD(m, blocks, &info->numberOfTbSizeList.list, 2);
	blocks->present = RRC_NumberOfTransportBlocks_PR_one;
	info->logicalChannelList.present = RRC_LogicalChannelList_PR_allSizes;
	tfs->semistaticTF_Information.channelCodingType.present = RRC_ChannelCodingType_PR_convolutional;
	tfs->semistaticTF_Information.channelCodingType.choice.convolutional = RRC_CodingRate_third;
	tfs->semistaticTF_Information.rateMatchingAttribute = 160;
	tfs->semistaticTF_Information.crc_Size = RRC_CRC_Size_crc16;
}

void rrc_default_ul_transport(struct rrc_map *m, RRC_UL_AddReconfTransChInfoList_t *out)
{
	RRC_UL_AddReconfTransChInformation_t *item;

	ADD(m, item, &out->list, 1);
	item->ul_TransportChannelType = RRC_UL_TrCH_Type_dch;
	item->transportChannelIdentity = DCH;
	put_transport_format_set(m, &item->transportFormatSet);
}

void rrc_default_dl_transport(struct rrc_map *m, RRC_DL_AddReconfTransChInfoList_t *out)
{
	RRC_DL_AddReconfTransChInformation_t *item;
	__auto_type mode = &ADD(m, item, &out->list, 1)->tfs_SignallingMode;

	item->dl_TransportChannelType = RRC_DL_TrCH_Type_dch;
	item->dl_transportChannelIdentity = DCH;
	mode->present = RRC_DL_AddReconfTransChInformation__tfs_SignallingMode_PR_sameAsULTrCH;
	mode->choice.sameAsULTrCH.ul_TransportChannelType = RRC_UL_TrCH_Type_dch;
	mode->choice.sameAsULTrCH.ul_TransportChannelIdentity = DCH;
}
