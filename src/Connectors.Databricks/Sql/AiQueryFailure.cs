namespace Connectors.Databricks;

/// <summary>A row of an <see cref="AiQueryBatch"/> that failed.</summary>
public sealed class AiQueryFailure
{
    /// <summary>Initializes a new instance of the <see cref="AiQueryFailure"/> class.</summary>
    /// <param name="key">The value of the key column, as text.</param>
    /// <param name="errorMessage">The error of the model.</param>
    public AiQueryFailure(string key, string errorMessage)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(errorMessage);
        (Key, ErrorMessage) = (key, errorMessage);
    }

    /// <summary>Gets the value of the key column, as text.</summary>
    public string Key { get; }

    /// <summary>Gets the error of the model.</summary>
    public string ErrorMessage { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {ErrorMessage}";
}
