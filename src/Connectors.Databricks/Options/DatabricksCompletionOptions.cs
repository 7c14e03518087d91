namespace Connectors.Databricks;

/// <summary>Options for text completions. Unset options are not sent; calls do not modify the instance.</summary>
public sealed class DatabricksCompletionOptions
{
    /// <summary>Gets or sets the maximum number of output tokens (<c>max_tokens</c>), 1 or more.</summary>
    /// <value>Default: <see langword="null"/>, the model's own limit.</value>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets the sampling temperature, 0 or more.</summary>
    /// <value>Default: <see langword="null"/>, the model's own.</value>
    public float? Temperature { get; set; }

    /// <summary>Gets or sets the nucleus sampling probability (<c>top_p</c>), 0 to 1.</summary>
    /// <value>Default: <see langword="null"/>, the model's own.</value>
    public float? TopP { get; set; }

    /// <summary>Gets or sets the number of most likely tokens to sample from (<c>top_k</c>), 1 or more.</summary>
    /// <value>Default: <see langword="null"/>, the model's own.</value>
    public int? TopK { get; set; }

    /// <summary>Gets or sets the number of completions per prompt (<c>n</c>), 1 or more.</summary>
    /// <value>Default: <see langword="null"/>, which is one.</value>
    public int? ChoiceCount { get; set; }

    /// <summary>Gets or sets the stop sequences (<c>stop</c>).</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public IList<string>? StopSequences { get; set; }

    /// <summary>Gets or sets the text after the completion, for models that support insertion.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public string? Suffix { get; set; }

    /// <summary>Gets or sets a value indicating whether the completion starts with the prompt.</summary>
    /// <value>Default: <see langword="null"/>, the service's own: no.</value>
    public bool? Echo { get; set; }

    /// <summary>Gets or sets the handling of prompts that exceed the context window (<c>error_behavior</c>).</summary>
    /// <value>Default: <see langword="null"/>, the service's own.</value>
    public DatabricksCompletionErrorBehavior? ErrorBehavior { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the prompt is sent to the model without a prompt template (<c>use_raw_prompt</c>).
    /// </summary>
    /// <value>Default: <see langword="null"/>, the service's own.</value>
    public bool? UseRawPrompt { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the JSON of each stream event is kept on its update as a
    /// <see cref="DatabricksServingResponse"/>, at the cost of one copy per event.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IncludeRawUpdates { get; set; }

    /// <summary>Gets or sets additional members of the request body. They never override members that the call sets.</summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IDictionary<string, object?>? AdditionalProperties { get; set; }

    /// <summary>Copies the options, because a stream is requested later and the response is validated against them.</summary>
    internal DatabricksCompletionOptions Copy()
    {
        var copy = (DatabricksCompletionOptions)MemberwiseClone();
        copy.StopSequences = StopSequences is null ? null : [.. StopSequences];
        copy.AdditionalProperties = AdditionalProperties is null ? null : new Dictionary<string, object?>(AdditionalProperties);
        return copy;
    }
}
