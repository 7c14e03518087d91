using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>A prediction as a document.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Prediction">The prediction.</param>
internal sealed record PredictionResult(string Endpoint, DatabricksPrediction Prediction)
{
    public static void Write(Utf8JsonWriter writer, PredictionResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("endpoint"u8, result.Endpoint);
        WriteValue(writer, result.Prediction);
        writer.WriteEndObject();
    }

    /// <summary>Writes the value under one name, whichever member of the response of the service contained it.</summary>
    public static void WriteValue(Utf8JsonWriter writer, DatabricksPrediction prediction)
    {
        writer.WritePropertyName("predictions"u8);
        prediction.ToJsonElement().WriteTo(writer);
    }
}
