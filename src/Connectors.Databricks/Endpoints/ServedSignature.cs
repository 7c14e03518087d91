using System.Text.Json;

namespace Connectors.Databricks.Endpoints;

/// <summary>What one served entity takes and gives.</summary>
public sealed record ServedSignature
{
    /// <summary>The path below the endpoint, such as <c>/served-models/champion/invocations</c>.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The served entity; <see langword="null"/> when the path is the endpoint's own.</summary>
    public string? ServedEntityName { get; init; }

    /// <summary>
    /// The forms of input that it takes, as the wire names them: <c>dataframe_split</c>, <c>dataframe_records</c>, <c>instances</c>,
    /// <c>inputs</c>; for chat <c>messages</c>.
    /// </summary>
    public IReadOnlyList<string> InputForms { get; init; } = [];

    /// <summary>The columns, in order. One without a name stands for a tensor.</summary>
    public IReadOnlyList<SignatureColumn> Inputs { get; init; } = [];

    /// <summary>The parameters that go beside the input (<see cref="DatabricksPredictionOptions.Parameters"/>).</summary>
    public IReadOnlyList<SignatureColumn> Parameters { get; init; } = [];

    /// <summary>The member of the answer that holds the result, such as <c>predictions</c>; <see langword="null"/> when it is not said.</summary>
    public string? ResultName { get; init; }

    /// <summary>What it gives for a row: columns, or one value without a name.</summary>
    public IReadOnlyList<SignatureColumn> Outputs { get; init; } = [];

    /// <summary>An input that the document shows as an example, as JSON; <see langword="null"/> when it shows none.</summary>
    public JsonElement? Example { get; init; }
}
