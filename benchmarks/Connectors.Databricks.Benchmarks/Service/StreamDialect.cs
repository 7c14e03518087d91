namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>The format of a stream.</summary>
public enum StreamDialect
{
    /// <summary>Role and cumulative counts on every chunk; id and model precede the choice.</summary>
    Llama,

    /// <summary>Id, time and index follow the text; counts are partly null.</summary>
    Claude,

    /// <summary>Claude thinking: a half of the deltas is reasoning in arrays, the other half text in arrays.</summary>
    Reasoning,
}
