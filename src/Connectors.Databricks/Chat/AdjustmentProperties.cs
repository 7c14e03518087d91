using Connectors.Databricks.Chat.Requests;
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
        properties[DatabricksPropertyNames.RequestAdjustments] = AdjustmentsToWire.ToElement(adjustments);
        return properties;
    }
}
