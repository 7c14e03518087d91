namespace Connectors.Databricks;

/// <summary>How an embedding generator sends its inputs. Copied when the generator is created.</summary>
public sealed class DatabricksEmbeddingOptions
{
    /// <summary>A hundred: no limit is published, and no endpoint is known to take fewer than 150.</summary>
    internal const int DefaultMaxInputsPerRequest = 100;

    /// <summary>4 MB, the body that foundation and external models take, counted in the smaller way.</summary>
    internal const int DefaultMaxRequestBytes = 4_000_000;

    /// <summary>Four: enough to hide the way to the service, few enough not to meet its limit of parallel requests.</summary>
    internal const int DefaultMaxConcurrentRequests = 4;

    /// <summary>The most inputs of one request; more are split over several.</summary>
    /// <value>Default: 100.</value>
    public int MaxInputsPerRequest { get; set; } = DefaultMaxInputsPerRequest;

    /// <summary>The most bytes of one request body. An input that is longer by itself goes alone, and the service judges it.</summary>
    /// <value>Default: 4,000,000.</value>
    public int MaxRequestBytes { get; set; } = DefaultMaxRequestBytes;

    /// <summary>How many requests of one call may be under way at once.</summary>
    /// <value>Default: 4.</value>
    public int MaxConcurrentRequests { get; set; } = DefaultMaxConcurrentRequests;

    /// <summary>
    /// The length of the vectors, for models that can shorten them; <c>EmbeddingGenerationOptions.Dimensions</c> goes before it. Vectors of
    /// another length than asked for are refused.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the model's own length.</value>
    public int? Dimensions { get; set; }

    /// <summary>
    /// What the inputs are for, sent as <c>instruction</c> to models that take one. Use one generator with it for queries and one without
    /// it for documents; <c>AdditionalProperties["instruction"]</c> of a call goes before it.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none is sent.</value>
    public string? Instruction { get; set; }

    /// <summary>Copies the options after checking them.</summary>
    internal DatabricksEmbeddingOptions CopyValidated()
    {
        RequirePositive(MaxInputsPerRequest, nameof(MaxInputsPerRequest));
        RequirePositive(MaxRequestBytes, nameof(MaxRequestBytes));
        RequirePositive(MaxConcurrentRequests, nameof(MaxConcurrentRequests));
        RequirePositive(Dimensions ?? 1, nameof(Dimensions));
        return (DatabricksEmbeddingOptions)MemberwiseClone();
    }

    private static void RequirePositive(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}. Use 1 or more.");
        }
    }
}
