using System.Text.Json;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Writes the members around the rows of <c>dataframe_split</c>: the columns, and the start and end of the data.</summary>
internal static class FrameToWire
{
    public static void WriteHead(Utf8JsonWriter writer, IEnumerable<string> columns)
    {
        writer.WriteStartObject("dataframe_split"u8);
        writer.WriteStartArray("columns"u8);
        foreach (var column in columns)
        {
            writer.WriteStringValue(column);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data"u8);
    }

    public static void WriteTail(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
