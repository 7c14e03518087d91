namespace Connectors.Databricks;

/// <summary>Options for embedding generators. Copied when the generator is created.</summary>
public sealed class DatabricksEmbeddingOptions
{
    /// <summary>100: no limit is documented, and no endpoint is known to accept fewer than 150.</summary>
    internal const int DefaultMaxInputsPerRequest = 100;

    /// <summary>4 MB (decimal), the maximum request size of foundation and external models.</summary>
    internal const int DefaultMaxRequestBytes = 4_000_000;

    /// <summary>4: enough to hide the network latency, and below the concurrency limit of the service.</summary>
    internal const int DefaultMaxConcurrentRequests = 4;

    /// <summary>Gets or sets the maximum number of inputs per request; more inputs are split into several requests.</summary>
    /// <value>Default: 100.</value>
    public int MaxInputsPerRequest { get; set; } = DefaultMaxInputsPerRequest;

    /// <summary>
    /// Gets or sets the maximum size of a request body, in bytes. A single input that exceeds it is sent alone, and the service decides.
    /// </summary>
    /// <value>Default: 4,000,000.</value>
    public int MaxRequestBytes { get; set; } = DefaultMaxRequestBytes;

    /// <summary>Gets or sets the maximum number of concurrent requests per call.</summary>
    /// <value>Default: 4.</value>
    public int MaxConcurrentRequests { get; set; } = DefaultMaxConcurrentRequests;

    /// <summary>
    /// Gets or sets the length of the vectors, for models that can shorten them; <c>EmbeddingGenerationOptions.Dimensions</c> takes
    /// precedence. A response with vectors of another length is an error.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the model's own length.</value>
    public int? Dimensions { get; set; }

    /// <summary>
    /// Gets or sets the purpose of the inputs, sent as <c>instruction</c> to models that support it. Use one generator with an instruction
    /// for queries and one without for documents; <c>AdditionalProperties["instruction"]</c> of a call takes precedence.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none is sent.</value>
    public string? Instruction { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether vectors are normalized to unit length, for stores that compare them by dot product. Vectors
    /// of GTE models are not normalized by the service.
    /// </summary>
    /// <value>Default: <see langword="false"/>: vectors are returned as the model computed them.</value>
    public bool NormalizeVectors { get; set; }

    /// <summary>
    /// Gets or sets tags that Unity Gateway records with each request in <c>system.ai_gateway.usage</c>. Serving endpoints have no such
    /// tags.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public IReadOnlyDictionary<string, string>? RequestTags { get; set; }

    /// <summary>Validates and copies the options.</summary>
    internal DatabricksEmbeddingOptions CopyValidated()
    {
        RequirePositive(MaxInputsPerRequest, nameof(MaxInputsPerRequest));
        RequirePositive(MaxRequestBytes, nameof(MaxRequestBytes));
        RequirePositive(MaxConcurrentRequests, nameof(MaxConcurrentRequests));
        RequirePositive(Dimensions ?? 1, nameof(Dimensions));
        var copy = (DatabricksEmbeddingOptions)MemberwiseClone();
        copy.RequestTags = DatabricksChatOptions.CopyTags(RequestTags);
        return copy;
    }

    private static void RequirePositive(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}. Use 1 or more.");
        }
    }
}
