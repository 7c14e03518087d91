using System.Net;
using Connectors.Databricks.Chat.Completions.Outbound;
using Connectors.Databricks.Models;
using Connectors.Databricks.Models.Learning;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>What becomes of a request that the endpoint has refused with a 400: it is mended when the endpoint says how.</summary>
internal static class RefusedRequest
{
    /// <summary>An endpoint names one field at a time, and no request has more of them than that.</summary>
    private const int MostLessons = 16;

    public static bool MayBeMended(DatabricksServingException exception, int lessons) =>
        exception.StatusCode == HttpStatusCode.BadRequest && exception.Guardrail is null && lessons < MostLessons;

    /// <param name="request">The request.</param>
    /// <param name="body">Its body, as it was refused.</param>
    /// <param name="exception">The refusal.</param>
    /// <param name="endpoints">Who takes the lesson in.</param>
    /// <param name="settings">Whether lessons are taken.</param>
    /// <param name="logger">Where the lesson is told.</param>
    /// <returns>The request to send instead; null when the refusal is its caller's affair.</returns>
    public static ChatRequest? Mend(
        ChatRequest request, RequestBody body, DatabricksServingException exception, EndpointModels endpoints,
        DatabricksServingOptions settings, ILogger logger)
    {
        if (LessonFrom(exception, request) is not { } lesson || !MayLearn(request, lesson, settings) || !IsOurs(request, lesson))
        {
            return null;
        }

        if (request.Endpoint.Lessons.Any(lesson.IsLike))
        {
            // The request was written by it, and is refused all the same: it was no lesson.
            endpoints.Unlearn(request.EndpointName, lesson);
            return null;
        }

        // A lesson once more in one call would go round in a circle.
        if (request.Taught.Any(lesson.IsLike) || !Helps(request, body, lesson, settings))
        {
            return null;
        }

        var endpoint = endpoints.Learn(request.EndpointName, lesson, out var isFirst);
        if (isFirst)
        {
            Log.RefusalLearnt(logger, request.EndpointName, lesson.Field, lesson.Change);
        }

        return request.For(endpoint) with { Taught = [.. request.Taught, lesson] };
    }

    // Tools were declared, and are missed all the same: a host without the choice "none" may drop them to obey it.
    private static Lesson? LessonFrom(DatabricksServingException exception, ChatRequest request)
    {
        var lesson = LessonFromRefusal.Read(exception.ServiceMessage);
        return lesson?.Field == Lesson.Tools && request.DeclaresPlaceholderTool ? Lesson.NoNoneChoice(lesson.ServiceMessage) : lesson;
    }

    // A lesson that leaves the request as it was is about something else: the service means what we do not write.
    private static bool Helps(ChatRequest request, RequestBody refused, Lesson lesson, DatabricksServingOptions settings)
    {
        using var mended = ChatRequestToWire.Write(request.For(request.Endpoint.With(lesson)), settings);
        return !mended.IsSameAs(refused);
    }

    // The one field that no caller has asked for is mended in any case.
    private static bool MayLearn(ChatRequest request, Lesson lesson, DatabricksServingOptions settings) =>
        (request.IsShaped && settings.LearnFromRefusals) || lesson.Field == LessonFromRefusal.StreamOptions;

    /// <summary>Whether we wrote what was refused. What a caller wrote in the wire's own words is theirs to change.</summary>
    private static bool IsOurs(ChatRequest request, Lesson lesson) => lesson.Field switch
    {
        LessonFromRefusal.StreamOptions => request.AsksForUsage,
        Lesson.Media => request.ReplacesMedia,
        Lesson.Tools or Lesson.ToolChoice => !request.SetsInJson(lesson.Field),
        "max_tokens" => !request.SetsInJson("max_tokens") && !request.SetsInJson("max_completion_tokens"),
        "reasoning" or "reasoning_effort" => request.Options?.Reasoning is not null &&
            !request.SetsInJson("reasoning_effort") && !request.SetsInJson("thinking") && !request.SetsInJson("output_config"),
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
