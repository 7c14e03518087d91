using System.Text;
using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>
/// A prediction. The documents are strings, because MLflow writes <c>NaN</c> and <c>Infinity</c> as numbers, which are not JSON.
/// </summary>
internal sealed class PredictionFormat : ResponseFormat<DatabricksPrediction>
{
    public override string Kind => "prediction";

    public override UsageDetails? UsageOf(DatabricksPrediction response) => null;

    public override void Write(Utf8JsonWriter writer, DatabricksPrediction response)
    {
        writer.WriteStartObject();
        if (response.ResultName is { } name)
        {
            writer.WriteString("resultName"u8, name);
        }

        writer.WriteStartArray("documents"u8);
        foreach (var part in response.Parts)
        {
            writer.WriteStringValue(part.Span);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public override DatabricksPrediction Read(ref Utf8JsonReader reader)
    {
        ResponseJson.RequireObject(ref reader);
        string? name = null;
        var parts = new List<ReadOnlyMemory<byte>>();
        while (reader.NextProperty())
        {
            if (reader.Is("resultName"u8))
            {
                reader.Read();
                name = reader.GetString();
            }
            else if (reader.Is("documents"u8))
            {
                reader.Read();
                while (reader.NextIsItem())
                {
                    parts.Add(Encoding.UTF8.GetBytes(reader.GetString() ?? throw new JsonException("A document is null.")));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return new DatabricksPrediction(parts, name, []);
    }
}
