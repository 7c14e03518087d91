using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>
/// Options of a chat client, for <see cref="DatabricksServingClient.GetChatClient(string, DatabricksChatOptions?)"/> and
/// <see cref="DatabricksServingOptions.Chat"/>. Copied when the chat client is created.
/// </summary>
public sealed partial class DatabricksChatOptions
{
    /// <summary>One day: supported parameters change over time, and one extra request per day is cheap.</summary>
    internal static readonly TimeSpan DefaultCorrectionLifetime = TimeSpan.FromDays(1);

    /// <summary>Initializes a new instance of the <see cref="DatabricksChatOptions"/> class with default values.</summary>
    public DatabricksChatOptions()
    {
    }

    /// <summary>
    /// Gets or sets the API: chat completions or Responses. Prompt caching, audio, video, PDF files, stop sequences and several choices
    /// exist in chat completions only; some models and agents support only Responses.
    /// </summary>
    /// <value>Default: <see cref="DatabricksChatApi.Auto"/>.</value>
    public DatabricksChatApi Api { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether streams request token counts (<c>stream_options.include_usage</c>). When an endpoint rejects
    /// the parameter, the request is retried without it, and later requests omit it.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeUsageInStreams { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether the JSON of each stream event is kept on its update as a <see
    /// cref="DatabricksServingResponse"/>, at the cost of one copy per event.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IncludeRawUpdates { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether chat requests are adapted to the model: unsupported parameters are dropped, others are
    /// translated to the model's equivalents. The response reports the adjustments; <see cref="DatabricksPropertyNames.ShapeRequest"/>
    /// overrides it per call.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool ShapeRequests { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether a parameter that the service rejects with 400 is removed or corrected. The request is
    /// retried once per correction, and the correction is applied to later requests to that endpoint. Corrections that would change the
    /// meaning of a request are never made. Requires <see cref="ShapeRequests"/>.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool CorrectRejectedParameters { get; set; } = true;

    /// <summary>Gets or sets the lifetime of a correction, after which the parameter is sent again.</summary>
    /// <value>Default: 1 day. <see cref="Timeout.InfiniteTimeSpan"/> keeps it for the lifetime of the client.</value>
    public TimeSpan CorrectionLifetime { get; set; } = DefaultCorrectionLifetime;

    /// <summary>
    /// Gets or sets a value indicating whether the served model of an endpoint is looked up, once and before its first chat, when the
    /// endpoint name identifies no model. Requires the permission to view the endpoint; without it, the model stays unknown and the call
    /// does not fail.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because it costs one extra request per endpoint.</value>
    public bool LookUpServedEntities { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether chat prompts get cache control for models that support prompt caching: the system message,
    /// the last tool, and the last two user turns. Explicit cache control in a request replaces these.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because cache writes cost more than cache reads save when prompts do not repeat.</value>
    public bool CachePrompts { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether images and other media that the model does not support are replaced by a text note.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because a response without the image may be wrong.</value>
    public bool ReplaceUnsupportedMedia { get; set; }

    /// <summary>
    /// Gets or sets the function that downloads images referenced by URL for models that accept only inline data (Claude). Validate URLs:
    /// they may be untrusted (SSRF).
    /// </summary>
    /// <value>Default: <see langword="null"/>: URLs are sent unchanged.</value>
    public Func<Uri, CancellationToken, Task<DataContent>>? FetchImage { get; set; }

    /// <summary>
    /// Gets or sets tags that Unity Gateway records with each request in <c>system.ai_gateway.usage</c>, for example to attribute costs.
    /// <see cref="DatabricksPropertyNames.RequestTags"/> adds tags to one call, which take precedence. Serving endpoints have no such tags.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public IReadOnlyDictionary<string, string>? RequestTags { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a denial by a service policy throws a <see cref="DatabricksServingException"/>. Otherwise it
    /// is a response with the finish reason <c>ContentFilter</c>, and
    /// <see cref="DatabricksAIExtensions.GetServicePolicyDenial(ChatResponse)"/> returns the denial.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ThrowOnServicePolicyDenial { get; set; }
}
