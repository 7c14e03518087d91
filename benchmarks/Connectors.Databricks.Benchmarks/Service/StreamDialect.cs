namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>How a stream is spelt.</summary>
public enum StreamDialect
{
    /// <summary>Role and cumulative counts on every chunk; what belongs to the choice stands in front of it.</summary>
    Llama,

    /// <summary>Id, time and index stand behind the text they belong to; counts are partly null.</summary>
    Claude,

    /// <summary>Claude thinking: a half of the deltas is reasoning in arrays, the other half text in arrays.</summary>
    Reasoning,
}
