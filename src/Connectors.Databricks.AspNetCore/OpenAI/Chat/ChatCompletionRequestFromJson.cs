using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>Reads a chat-completions request.</summary>
internal static class ChatCompletionRequestFromJson
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "frequency_penalty", "logprobs", "max_completion_tokens", "max_tokens", "messages", "modalities", "model", "n",
        "parallel_tool_calls", "presence_penalty", "reasoning_effort", "response_format", "seed", "service_tier", "stop", "stream",
        "stream_options", "temperature", "tool_choice", "tools", "top_k", "top_logprobs", "top_p",
    };

    public static ChatCompletionRequest Read(RequestValue body, string model, RequestLimits limits)
    {
        var options = new ChatOptions
        {
            AdditionalProperties = RequestMembers.Additional(body, Known, limits.AdditionalProperties),
            Temperature = body.Number("temperature", 0, 2),
            TopP = body.Number("top_p", 0, 1),
            TopK = (int?)body.Integer("top_k", 1, int.MaxValue),
            FrequencyPenalty = body.Number("frequency_penalty", -2, 2),
            PresencePenalty = body.Number("presence_penalty", -2, 2),
            MaxOutputTokens = (int?)(body.Integer("max_completion_tokens", 1, int.MaxValue) ?? body.Integer("max_tokens", 1, int.MaxValue)),
            Seed = body.Integer("seed", long.MinValue, long.MaxValue),
            StopSequences = StopSequences(body.Find("stop")),
        };
        RequireOneChoice(body);
        RequireTextAlone(body.Find("modalities"));
        ServiceTier(body, options, limits);
        ReasoningFromJson.ReadEffort(body.Find("reasoning_effort"), options);
        ResponseFormatFromJson.Read(body.Find("response_format"), isNested: true, options);
        ToolsFromJson.Read(body, isNested: true, options, limits);
        if (body.Flag("logprobs") is true)
        {
            options.WithLogProbs((int?)body.Integer("top_logprobs", 0, 20));
        }

        return new ChatCompletionRequest(
            model,
            ChatMessagesFromJson.Read(body.Require("messages"), model, limits),
            options,
            body.Flag("stream") ?? false,
            body.Find("stream_options")?.AsObject().Flag("include_usage") ?? false);
    }

    private static List<string>? StopSequences(RequestValue? stop)
    {
        if (stop is not { } value)
        {
            return null;
        }

        List<string> sequences = value.IsText
            ? [value.AsText()]
            : [.. value.Items(RequestLimits.MaxStopSequences).Select(item => item.AsText())];
        return sequences.TrueForAll(sequence => sequence.Length > 0)
            ? sequences.Count > 0 ? sequences : null
            : throw InvalidRequests.Invalid("Invalid 'stop': empty string.", value.Path);
    }

    // Few models return several choices, and clients that need them send several requests.
    private static void RequireOneChoice(RequestValue body)
    {
        if (body.Integer("n", 1, 128) > 1)
        {
            throw InvalidRequests.Unsupported("Only 'n' = 1 is supported.", "n");
        }
    }

    private static void RequireTextAlone(RequestValue? modalities)
    {
        if (modalities is { } value && value.Items(RequestLimits.MaxParts).Any(item => item.AsText() != "text"))
        {
            throw value.NotSupported();
        }
    }

    /// <summary>A tier has its own price, so that it is passed on only when the app allows it.</summary>
    public static void ServiceTier(RequestValue body, ChatOptions options, RequestLimits limits)
    {
        if (body.Text("service_tier") is not { } tier || tier is "auto" or "default")
        {
            return;
        }

        if (!limits.AdditionalProperties.Contains("service_tier") || tier.Length == 0)
        {
            throw body.Require("service_tier").NotSupported();
        }

        options.WithServiceTier(tier);
    }
}
