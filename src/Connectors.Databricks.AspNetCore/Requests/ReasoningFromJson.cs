using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Requests;

/// <summary>Reads the reasoning effort, and whether a summary of the reasoning is requested.</summary>
internal static class ReasoningFromJson
{
    public static void ReadEffort(RequestValue? effort, ChatOptions options)
    {
        if (effort is { } value)
        {
            (options.Reasoning ??= new ReasoningOptions()).Effort = value.AsText() switch
            {
                "none" => ReasoningEffort.None,

                // The lowest effort that Microsoft.Extensions.AI has above none.
                "minimal" or "low" => ReasoningEffort.Low,
                "medium" => ReasoningEffort.Medium,
                "high" => ReasoningEffort.High,
                "xhigh" or "max" => ReasoningEffort.ExtraHigh,
                _ => throw value.NotSupported(),
            };
        }
    }

    public static void ReadReasoning(RequestValue? reasoning, ChatOptions options)
    {
        if (reasoning?.AsObject() is not { } value)
        {
            return;
        }

        ReadEffort(value.Find("effort"), options);
        if ((value.Text("summary") ?? value.Text("generate_summary")) is { } summary)
        {
            (options.Reasoning ??= new ReasoningOptions()).Output = summary is "detailed" ? ReasoningOutput.Full : ReasoningOutput.Summary;
        }
    }
}
