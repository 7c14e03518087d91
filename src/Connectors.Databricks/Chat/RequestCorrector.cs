using System.Net;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>Corrects a request after a 400 that names the rejected parameter, so that it can be sent again.</summary>
internal static class RequestCorrector
{
    /// <summary>The maximum number of corrections per call. The service names one parameter at a time, and no request has more.</summary>
    private const int MaxCorrections = 16;

    public static bool CanCorrect(DatabricksServingException exception, int corrections) =>
        exception.StatusCode == HttpStatusCode.BadRequest && exception.Guardrail is null && corrections < MaxCorrections;

    /// <summary>Corrects a request that the service rejected, and stores the correction for later requests to the endpoint.</summary>
    /// <param name="request">The request; on success, the corrected one.</param>
    /// <param name="dialect">Writes the request.</param>
    /// <param name="body">The body that was rejected.</param>
    /// <param name="exception">The error response.</param>
    /// <param name="endpoints">Stores the correction.</param>
    /// <param name="settings">The options of the client.</param>
    /// <param name="chatSettings">Whether corrections are enabled, and for how long one is kept.</param>
    /// <param name="logger">Logs a new correction.</param>
    /// <returns>Whether the request was corrected; when not, the caller has to change it.</returns>
    public static bool TryCorrect(
        ref ChatRequest request, ChatDialect dialect, RequestBody body, DatabricksServingException exception,
        EndpointModels endpoints, DatabricksServingOptions settings, DatabricksChatOptions chatSettings, ILogger logger)
    {
        if (CorrectionFor(
            exception, request) is not { } correction || !IsEnabled(request, correction, chatSettings) || !IsOurs(request, correction))
        {
            return false;
        }

        if (request.Endpoint.Corrections.Any(correction.IsSameAs))
        {
            // The request was already corrected in this way and was still rejected: the correction is wrong.
            endpoints.RemoveCorrection(request.EndpointName, correction);
            return false;
        }

        // Applying a correction twice in one call would loop.
        if (request.AppliedCorrections.Any(correction.IsSameAs) || !ChangesRequest(request, dialect, body, correction, settings))
        {
            return false;
        }

        var endpoint = endpoints.AddCorrection(request.EndpointName, correction, chatSettings.CorrectionLifetime, out var isFirst);
        if (isFirst)
        {
            ChatLog.CorrectionAdded(logger, request.EndpointName, correction.Field, correction.Change);
        }

        request = request.For(endpoint) with { AppliedCorrections = [.. request.AppliedCorrections, correction] };
        return true;
    }

    // Tools were declared, and the service reports them missing: a host that does not support tool_choice "none" may drop the tools
    // instead.
    private static ParameterCorrection? CorrectionFor(DatabricksServingException exception, ChatRequest request)
    {
        var correction = CorrectionParser.Parse(exception.ServiceMessage);
        return correction?.Field == ParameterCorrection.Tools && request.DeclaresPlaceholderTool
            ? ParameterCorrection.DropNoneChoice(correction.ServiceMessage)
            : correction;
    }

    // A correction that does not change the body cannot help: the service rejected something else.
    private static bool ChangesRequest(
        ChatRequest request, ChatDialect dialect, RequestBody rejected, ParameterCorrection correction, DatabricksServingOptions settings)
    {
        var corrected = request.For(request.Endpoint.With(correction));
        using var body = dialect.Write(corrected, settings);
        return !body.IsSameAs(rejected);
    }

    // stream_options is always corrected: the connector adds it, not the caller. Any other rejection by an agent may be that of the model
    // behind it, after tools have run.
    private static bool IsEnabled(ChatRequest request, ParameterCorrection correction, DatabricksChatOptions settings) =>
        (request.IsShaped && settings.CorrectRejectedParameters && !request.IsAgent) || correction.Field == CorrectionParser.StreamOptions;

    /// <summary>Whether the connector wrote the rejected parameter. JSON that the caller supplied is left to the caller.</summary>
    private static bool IsOurs(ChatRequest request, ParameterCorrection correction) => correction.Field switch
    {
        CorrectionParser.StreamOptions => request.AsksForUsage,
        ParameterCorrection.Media => request.ReplacesMedia,
        ParameterCorrection.Tools or ParameterCorrection.ToolChoice => !request.SetsInJson(correction.Field),
        "max_tokens" => !request.SetsInJson("max_tokens") && !request.SetsInJson("max_completion_tokens") &&
            !request.SetsInJson("max_output_tokens"),
        CorrectionParser.Include => !request.SetsInJson(CorrectionParser.Include),
        "reasoning" or "reasoning_effort" or "thinking" => request.Options?.Reasoning is not null &&
            !request.SetsInJson("reasoning") && !request.SetsInJson("reasoning_effort") &&
            !request.SetsInJson("thinking") && !request.SetsInJson("output_config"),
        var field when OptionOf(request.Options, field) is { } isSet => isSet && !request.SetsInJson(field),
        _ => true,
    };

    private static bool? OptionOf(ChatOptions? options, string field) => field switch
    {
        "temperature" => options?.Temperature is not null,
        "top_p" => options?.TopP is not null,
        "top_k" => options?.TopK is not null,
        "frequency_penalty" => options?.FrequencyPenalty is not null,
        "presence_penalty" => options?.PresencePenalty is not null,
        "seed" => options?.Seed is not null,
        "stop" => options?.StopSequences is { Count: > 0 },
        "parallel_tool_calls" => options?.AllowMultipleToolCalls is not null,
        _ => null,
    };
}
