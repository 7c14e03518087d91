using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>
/// The part of <see cref="ChunkTemplateBuilder"/> that reads the usage of a chunk: each count becomes a slot, in document order.
/// </summary>
internal static class UsageSlotFinder
{
    /// <summary>Adds the slots of a usage object. The reader is positioned on its property name.</summary>
    public static void Find(ref Utf8JsonReader reader, TemplateSlotCollector slots)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (slots.IsSupported && reader.NextProperty())
        {
            if (UsageFromWire.CountOf(ref reader) is { } count)
            {
                slots.AddNumber(ref reader, TemplateSlotKind.Count, count);
            }
            else
            {
                AddOther(ref reader, slots);
            }
        }
    }

    private static void AddOther(ref Utf8JsonReader reader, TemplateSlotCollector slots)
    {
        var name = reader.GetString()!;
        var before = reader;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && UsageFromWire.IsGroup(name))
        {
            AddDetails(ref reader, name, slots);
        }
        else
        {
            reader = before;
            slots.AddNumber(ref reader, TemplateSlotKind.OtherCount, name: name);
        }
    }

    private static void AddDetails(ref Utf8JsonReader reader, string group, TemplateSlotCollector slots)
    {
        while (slots.IsSupported && reader.NextProperty())
        {
            if (UsageFromWire.DetailOf(ref reader) is { } count)
            {
                slots.AddNumber(ref reader, TemplateSlotKind.Count, count);
            }
            else
            {
                slots.AddNumber(ref reader, TemplateSlotKind.OtherCount, name: UsageFromWire.NameIn(group, ref reader));
            }
        }
    }
}
