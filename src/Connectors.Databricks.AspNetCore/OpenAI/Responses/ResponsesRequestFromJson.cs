using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Chat;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Reads a request of the Responses API. No state is kept: each request has the whole conversation.</summary>
internal static class ResponsesRequestFromJson
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "background", "conversation", "include", "input", "instructions", "max_output_tokens", "model", "parallel_tool_calls",
        "previous_response_id", "reasoning", "service_tier", "stream", "stream_options", "temperature", "text", "tool_choice", "tools",
        "top_p", "truncation",
    };

    public static ResponsesRequest Read(RequestValue body, string model, RequestLimits limits)
    {
        RequireStateless(body);
        var options = new ChatOptions
        {
            AdditionalProperties = RequestMembers.Additional(body, Known, limits.AdditionalProperties),
            Instructions = body.Text("instructions"),
            Temperature = body.Number("temperature", 0, 2),
            TopP = body.Number("top_p", 0, 1),
            MaxOutputTokens = (int?)body.Integer("max_output_tokens", 1, int.MaxValue),
        };
        ChatCompletionRequestFromJson.ServiceTier(body, options, limits);
        ReasoningFromJson.ReadReasoning(body.Find("reasoning"), options);
        ResponseFormatFromJson.Read(body.Find("text")?.AsObject().Find("format"), isNested: false, options);
        ToolsFromJson.Read(body, isNested: false, options, limits);
        return new ResponsesRequest(
            model, InputItemsFromJson.Read(body.Require("input"), model, limits), options, body.Flag("stream") ?? false, body);
    }

    private static void RequireStateless(RequestValue body)
    {
        foreach (var name in (ReadOnlySpan<string>)["previous_response_id", "conversation"])
        {
            if (body.Find(name) is { } state)
            {
                throw InvalidRequests.Unsupported($"'{name}' is not supported: no state is kept. Send the whole conversation.", state.Path);
            }
        }

        if (body.Flag("background") is true)
        {
            throw body.Require("background").NotSupported();
        }

        if (body.Text("truncation") is not (null or "auto" or "disabled"))
        {
            throw body.Require("truncation").NotSupported();
        }
    }
}
