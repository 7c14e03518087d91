using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>
/// Size limits of responses, which bound the memory that a broken or hostile server can use. A response that exceeds a limit fails with a
/// <see cref="DatabricksServingException"/> that contains its name.
/// </summary>
public sealed class DatabricksResponseLimitOptions
{
    /// <summary>256 MiB: some forty times the largest request that the service documents (serving reference §10.5).</summary>
    internal const long DefaultMaxBytes = 256L * 1024 * 1024;

    /// <summary>One MiB: a guardrail's document repeats the prompt before the member that identifies it.</summary>
    internal const int DefaultMaxErrorBytes = 1024 * 1024;

    /// <summary>32 MiB: no chat event comes near; an image in one may.</summary>
    internal const int DefaultMaxEventBytes = 32 * 1024 * 1024;

    /// <summary>64: what .NET allows by itself.</summary>
    internal const int DefaultMaxJsonDepth = 64;

    /// <summary>Eight MiB: twice what the service takes back as a request to a foundation model (serving reference §10.5).</summary>
    internal const int DefaultMaxToolArgumentBytes = 8 * 1024 * 1024;

    /// <summary>
    /// 64 MiB: about a hundred times the text of the longest response (128,000 tokens), and enough for it with the log probabilities of 20
    /// alternatives per token.
    /// </summary>
    internal const long DefaultMaxChatBytes = 64L * 1024 * 1024;

    /// <summary>32 MiB: a list of 10,000 endpoints in the service's short form is about half of it.</summary>
    internal const long DefaultMaxManagementBytes = 32L * 1024 * 1024;

    /// <summary>100,000: a response has some hundreds, a list of endpoints some thousands.</summary>
    internal const int DefaultMaxItems = 100_000;

    /// <summary>8,388,608: what 64 MiB of log probabilities hold, which are the densest JSON that the service documents.</summary>
    internal const int DefaultMaxJsonValues = 8 * 1024 * 1024;

    /// <summary>Initializes a new instance of the <see cref="DatabricksResponseLimitOptions"/> class with default values.</summary>
    public DatabricksResponseLimitOptions()
    {
    }

    /// <summary>Gets or sets the maximum size of a document or a whole stream, decompressed, in bytes.</summary>
    /// <value>Default: 256 MiB.</value>
    public long MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>Gets or sets the maximum number of bytes read from an error body. The rest is ignored and is not a failure.</summary>
    /// <value>Default: 1 MiB.</value>
    public int MaxErrorBytes { get; set; } = DefaultMaxErrorBytes;

    /// <summary>Gets or sets the maximum size of one event of a stream, in bytes.</summary>
    /// <value>Default: 32 MiB.</value>
    public int MaxEventBytes { get; set; } = DefaultMaxEventBytes;

    /// <summary>Gets or sets the maximum depth of nested objects and arrays.</summary>
    /// <value>Default: 64.</value>
    public int MaxJsonDepth { get; set; } = DefaultMaxJsonDepth;

    /// <summary>Gets or sets the maximum size of the arguments of one tool call, in bytes.</summary>
    /// <value>Default: 8 MiB.</value>
    public int MaxToolArgumentBytes { get; set; } = DefaultMaxToolArgumentBytes;

    /// <summary>
    /// Gets or sets the maximum size, decompressed, of a chat or completion response that is not streamed, in bytes. <see cref="MaxBytes"/>
    /// also applies.
    /// </summary>
    /// <value>Default: 64 MiB.</value>
    public long MaxChatBytes { get; set; } = DefaultMaxChatBytes;

    /// <summary>
    /// Gets or sets the maximum size, decompressed, of a response of the management API, in bytes: lists and documents of endpoints,
    /// OpenAPI documents, metrics and logs. <see cref="MaxBytes"/> also applies.
    /// </summary>
    /// <value>Default: 32 MiB.</value>
    public long MaxManagementBytes { get; set; } = DefaultMaxManagementBytes;

    /// <summary>
    /// Gets or sets the maximum number of items that one document or stream event adds to lists: choices, messages, content parts, tool
    /// calls and their arguments, citations, token counts, endpoints and what they contain, metric samples and labels. Items that a stream
    /// holds back until its end count together.
    /// </summary>
    /// <value>Default: 100,000.</value>
    public int MaxItems { get; set; } = DefaultMaxItems;

    /// <summary>
    /// Gets or sets the maximum number of JSON values in one document or stream event, including values that are skipped or kept as JSON,
    /// such as log probabilities and predictions. The numbers of embedding vectors do not count: vectors are bounded by the number of
    /// inputs.
    /// </summary>
    /// <value>Default: 8,388,608.</value>
    public int MaxJsonValues { get; set; } = DefaultMaxJsonValues;

    /// <exception cref="ArgumentException">A limit is not positive.</exception>
    internal DatabricksResponseLimitOptions CopyValidated()
    {
        var copy = (DatabricksResponseLimitOptions)MemberwiseClone();
        Require(copy.MaxBytes, nameof(MaxBytes));
        Require(copy.MaxErrorBytes, nameof(MaxErrorBytes));
        Require(copy.MaxEventBytes, nameof(MaxEventBytes));
        Require(copy.MaxJsonDepth, nameof(MaxJsonDepth));
        Require(copy.MaxToolArgumentBytes, nameof(MaxToolArgumentBytes));
        Require(copy.MaxChatBytes, nameof(MaxChatBytes));
        Require(copy.MaxManagementBytes, nameof(MaxManagementBytes));
        Require(copy.MaxItems, nameof(MaxItems));
        Require(copy.MaxJsonValues, nameof(MaxJsonValues));
        return copy;
    }

    /// <summary>The size limit of a document on a surface, and the name of the option that sets it.</summary>
    internal (long Limit, string Name) DocumentBytes(ResponseSurface surface)
    {
        var (limit, name) = surface switch
        {
            ResponseSurface.Chat => (MaxChatBytes, nameof(MaxChatBytes)),
            ResponseSurface.Management => (MaxManagementBytes, nameof(MaxManagementBytes)),
            _ => (MaxBytes, nameof(MaxBytes)),
        };
        return limit < MaxBytes ? (limit, name) : (MaxBytes, nameof(MaxBytes));
    }

    private static void Require(long value, string name)
    {
        if (value <= 0)
        {
            throw new ArgumentException($"{nameof(DatabricksServingOptions.ResponseLimits)}.{name} is {value}. A limit is positive.");
        }
    }
}
