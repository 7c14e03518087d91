using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>The part of <see cref="ChunkSurvey"/> that looks at the counts of a chunk: each of them is a gap, in the order in which they stand.</summary>
internal static class UsageSurvey
{
    /// <summary>Looks at a usage object; the reader stands on its property name.</summary>
    public static void Look(ref Utf8JsonReader reader, ChunkCuts cuts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (cuts.AreUsual && reader.NextProperty())
        {
            if (UsageFromWire.CountOf(ref reader) is { } count)
            {
                cuts.TakeNumber(ref reader, ChunkGapKind.Count, count);
            }
            else
            {
                LookAtOther(ref reader, cuts);
            }
        }
    }

    private static void LookAtOther(ref Utf8JsonReader reader, ChunkCuts cuts)
    {
        var name = reader.GetString()!;
        var before = reader;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && UsageFromWire.IsGroup(name))
        {
            LookAtDetails(ref reader, name, cuts);
        }
        else
        {
            reader = before;
            cuts.TakeNumber(ref reader, ChunkGapKind.OtherCount, name: name);
        }
    }

    private static void LookAtDetails(ref Utf8JsonReader reader, string group, ChunkCuts cuts)
    {
        while (cuts.AreUsual && reader.NextProperty())
        {
            if (UsageFromWire.DetailOf(ref reader) is { } count)
            {
                cuts.TakeNumber(ref reader, ChunkGapKind.Count, count);
            }
            else
            {
                cuts.TakeNumber(ref reader, ChunkGapKind.OtherCount, name: UsageFromWire.NameIn(group, ref reader));
            }
        }
    }
}
