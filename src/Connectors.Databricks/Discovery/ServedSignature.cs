using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>The inputs and outputs of one served entity.</summary>
public sealed record ServedSignature
{
    private readonly EquatableList<string> _inputForms;
    private readonly EquatableList<SignatureColumn> _inputs;
    private readonly EquatableList<SignatureColumn> _parameters;
    private readonly EquatableList<SignatureColumn> _outputs;
    private readonly EquatableJson _example;

    /// <summary>Gets the path below the endpoint, such as <c>/served-models/champion/invocations</c>.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Gets the name of the served entity; <see langword="null"/> if the path is that of the endpoint.</summary>
    public string? ServedEntityName { get; init; }

    /// <summary>
    /// Gets the accepted input formats as the API names them: <c>dataframe_split</c>, <c>dataframe_records</c>, <c>instances</c>,
    /// <c>inputs</c>; for chat <c>messages</c>.
    /// </summary>
    public IReadOnlyList<string> InputForms { get => _inputForms.Items; init => _inputForms = EquatableList<string>.NonEmpty(value); }

    /// <summary>Gets the input columns, in order. One without a name is a tensor.</summary>
    public IReadOnlyList<SignatureColumn> Inputs { get => _inputs.Items; init => _inputs = EquatableList<SignatureColumn>.NonEmpty(value); }

    /// <summary>Gets the parameters (<see cref="DatabricksPredictionOptions.Parameters"/>).</summary>
    public IReadOnlyList<SignatureColumn> Parameters
    {
        get => _parameters.Items;
        init => _parameters = EquatableList<SignatureColumn>.NonEmpty(value);
    }

    /// <summary>
    /// Gets the member of the response that contains the result, such as <c>predictions</c>; <see langword="null"/> if
    /// unspecified.
    /// </summary>
    public string? ResultName { get; init; }

    /// <summary>Gets the output of a row: columns, or one value without a name.</summary>
    public IReadOnlyList<SignatureColumn> Outputs
    {
        get => _outputs.Items;
        init => _outputs = EquatableList<SignatureColumn>.NonEmpty(value);
    }

    /// <summary>Gets an example input as JSON; <see langword="null"/> if there is none.</summary>
    public JsonElement? Example { get => _example.OrNull; init => _example = new(value); }
}
