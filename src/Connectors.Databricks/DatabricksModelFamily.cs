namespace Connectors.Databricks;

/// <summary>Whose wire dialect a model speaks: what is not Databricks' own in a request goes on to the model's host.</summary>
/// <param name="Value">The family's name.</param>
public readonly record struct DatabricksModelFamily(string Value)
{
    /// <summary>Nothing is known of its host.</summary>
    public static DatabricksModelFamily Other { get; } = new("other");

    /// <summary>GPT-5 and its like.</summary>
    public static DatabricksModelFamily OpenAI { get; } = new("openai");

    /// <summary>Claude.</summary>
    public static DatabricksModelFamily Claude { get; } = new("claude");

    /// <summary>Gemini.</summary>
    public static DatabricksModelFamily Gemini { get; } = new("gemini");

    /// <summary>Open models that Databricks runs itself: Llama, Gemma, Qwen, gpt-oss and others.</summary>
    public static DatabricksModelFamily Native { get; } = new("native");

    /// <summary>The family's name.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
