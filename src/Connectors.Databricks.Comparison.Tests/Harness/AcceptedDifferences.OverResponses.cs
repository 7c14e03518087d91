namespace Connectors.Databricks.Comparison.Tests.Harness;

// What shows over the Responses API alone.
internal static partial class AcceptedDifferences
{
    public static AcceptedDifference NoStreamOptions { get; } = new(
        "Usage of a stream", "`stream_options`", "`stream_options` is omitted: the last event has the usage",
        "requests#.stream_options", one => one.Databricks is null)
    { Api = DatabricksChatApi.Responses };

    public static AcceptedDifference MaxOutputTokens { get; } = new(
        "`MaxTokens`", "`max_completion_tokens`", "`max_output_tokens`", "requests#.max_(completion|output)_tokens")
    { Api = DatabricksChatApi.Responses };

    public static AcceptedDifference NotInResponses { get; } = new(
        "`StopSequences`, `Seed`, `FrequencyPenalty`, `PresencePenalty`, `Logprobs`, `TokenSelectionBiases`, `Store`, `top_k`",
        "Sent", "Omitted, and reported as request adjustments",
        "requests#.(stop|seed|frequency_penalty|presence_penalty|(top_)?logprobs|logit_bias|store|top_k)", one => one.Databricks is null)
    { Api = DatabricksChatApi.Responses };

    public static AcceptedDifference NoLogProbabilities { get; } = new(
        "`ContentTokenLogProbabilities` in the metadata", "The probabilities", "`null`", "result", one => one is { Databricks: "false" })
    { Api = DatabricksChatApi.Responses };

    public static AcceptedDifference NoFingerprint { get; } = new(
        "`SystemFingerprint` in the metadata", "As the service sent it", "`null`: the API has none",
        "result.(SystemFingerprint|First|Last)", one => one.Databricks is "null")
    { Api = DatabricksChatApi.Responses };

    public static AcceptedDifference CallsWithoutCalls { get; } = new(
        "Finish reason `tool_calls` of a response without calls", "`ToolCalls`", "`Stop`: the API has no such reason",
        "result.*FinishReason", one => one is { OpenAI: "\"ToolCalls\"", Databricks: "\"Stop\"" })
    { Api = DatabricksChatApi.Responses };

    public static AcceptedDifference NoFiles { get; } = new(
        "`AudioContent` and `BinaryContent`", "Sent", "`NotSupportedException`",
        "result.Type|requests#.messages#.content", one => one.Databricks is "\"NotSupportedException\"" or "\"Well?\"")
    { Api = DatabricksChatApi.Responses };
}
