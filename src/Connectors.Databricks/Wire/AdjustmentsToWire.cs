using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Writes request adjustments as JSON that can be stored with a response, and reads them back.</summary>
internal static class AdjustmentsToWire
{
    public static JsonElement ToElement(IReadOnlyList<DatabricksRequestAdjustment> adjustments)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var adjustment in adjustments)
            {
                writer.WriteStartObject();
                writer.WriteString("field"u8, adjustment.Field);
                writer.WriteString("change"u8, adjustment.Change);
                writer.WriteString("reason"u8, adjustment.Reason);
                writer.WriteBoolean("affects_answer"u8, adjustment.AffectsAnswer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        var reader = new Utf8JsonReader(buffer.Contiguous());
        return JsonElement.ParseValue(ref reader);
    }

    public static IReadOnlyList<DatabricksRequestAdjustment> Read(object? value) =>
        value is not JsonElement { ValueKind: JsonValueKind.Array } items
        ? []
        :
        [
            .. items.EnumerateArray().Select(item => new DatabricksRequestAdjustment(
                item.GetProperty("field").GetString()!,
                item.GetProperty("change").GetString()!,
                item.GetProperty("reason").GetString()!,
                item.GetProperty("affects_answer").GetBoolean())),
        ];
}
