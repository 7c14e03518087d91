using System.Text.Json;
using Connectors.Databricks.Chat.Completions.Requests;
using Connectors.Databricks.Models;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>Reports the adjustments of a request: on the response, as JSON that can be stored with it, and in the log.</summary>
internal static class AdjustmentProperties
{
    public static AdditionalPropertiesDictionary? AddTo(
        AdditionalPropertiesDictionary? properties, ChatRequest request, EndpointModels endpoints, ILogger logger)
    {
        if (request.Adjustments is not { } adjustments)
        {
            return properties;
        }

        foreach (var adjustment in adjustments)
        {
            ChatLog.RequestAdjusted(logger, request.EndpointName, adjustment.Field, adjustment.Change);
            if (adjustment.AffectsAnswer && endpoints.IsFirstWarning(request.EndpointName, adjustment.Field))
            {
                ChatLog.AnswerAffected(logger, request.EndpointName, adjustment.Field, adjustment.Change);
            }
        }

        properties ??= [];
        properties[DatabricksPropertyNames.RequestAdjustments] = ToElement(adjustments);
        return properties;
    }

    private static JsonElement ToElement(IReadOnlyList<DatabricksRequestAdjustment> adjustments)
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
}
