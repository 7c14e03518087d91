namespace Connectors.Databricks;

/// <summary>How a text completion is asked for. What is unset is not sent; nothing in it is changed by a call.</summary>
public sealed class DatabricksCompletionOptions
{
    /// <summary>The most tokens of a completion (<c>max_tokens</c>), 1 or more.</summary>
    /// <value>Default: <see langword="null"/>, the model's own limit.</value>
    public int? MaxOutputTokens { get; set; }

    /// <summary>The sampling temperature, 0 or more.</summary>
    /// <value>Default: <see langword="null"/>, the model's own.</value>
    public float? Temperature { get; set; }

    /// <summary>The share of probability to sample from (<c>top_p</c>), 0 to 1.</summary>
    /// <value>Default: <see langword="null"/>, the model's own.</value>
    public float? TopP { get; set; }

    /// <summary>How many likeliest tokens to sample from (<c>top_k</c>), 1 or more.</summary>
    /// <value>Default: <see langword="null"/>, the model's own.</value>
    public int? TopK { get; set; }

    /// <summary>How many completions each prompt gets (<c>n</c>), 1 or more.</summary>
    /// <value>Default: <see langword="null"/>, which is one.</value>
    public int? ChoiceCount { get; set; }

    /// <summary>Texts that end a completion (<c>stop</c>).</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public IList<string>? StopSequences { get; set; }

    /// <summary>What stands behind the completion, for models that fill in.</summary>
    /// <value>Default: <see langword="null"/>, nothing.</value>
    public string? Suffix { get; set; }

    /// <summary>Whether the prompt comes back in front of the completion.</summary>
    /// <value>Default: <see langword="null"/>, the service's own: no.</value>
    public bool? Echo { get; set; }

    /// <summary>What happens to a prompt that is too long (<c>error_behavior</c>).</summary>
    /// <value>Default: <see langword="null"/>, the service's own.</value>
    public DatabricksCompletionErrorBehavior? ErrorBehavior { get; set; }

    /// <summary>Whether the prompt goes to the model as it is, without a template around it (<c>use_raw_prompt</c>).</summary>
    /// <value>Default: <see langword="null"/>, the service's own.</value>
    public bool? UseRawPrompt { get; set; }

    /// <summary>More members of the body. They never replace what the call itself sends.</summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IDictionary<string, object?>? AdditionalProperties { get; set; }

    /// <summary>Copies the options: a stream is asked for later, and an answer is measured by what was asked.</summary>
    internal DatabricksCompletionOptions Copy()
    {
        var copy = (DatabricksCompletionOptions)MemberwiseClone();
        copy.StopSequences = StopSequences is null ? null : [.. StopSequences];
        copy.AdditionalProperties = AdditionalProperties is null ? null : new Dictionary<string, object?>(AdditionalProperties);
        return copy;
    }
}
