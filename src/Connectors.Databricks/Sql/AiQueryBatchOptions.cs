using Connectors.Databricks.Sql.AiQuery;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>Configures an <see cref="AiQueryBatch"/>.</summary>
public sealed class AiQueryBatchOptions
{
    /// <summary>Initializes a new instance of the <see cref="AiQueryBatchOptions"/> class.</summary>
    /// <param name="model">The model service or the endpoint, such as <c>system.ai.claude-sonnet-4-5</c>.</param>
    /// <param name="source">The table with the prompts.</param>
    /// <param name="destination">The table that is created for the responses.</param>
    /// <param name="keyColumn">The column of the source that identifies a row: unique, and never NULL.</param>
    /// <param name="promptColumn">The column of the source with the prompt, or with what follows <see cref="PromptPrefix"/>.</param>
    /// <exception cref="ArgumentException">A name is empty or invalid.</exception>
    public AiQueryBatchOptions(string model, SqlTableName source, SqlTableName destination, string keyColumn, string promptColumn)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        SqlText.Require(keyColumn, nameof(keyColumn));
        SqlText.Require(promptColumn, nameof(promptColumn));
        (Model, Source, Destination, KeyColumn, PromptColumn) = (model, source, destination, keyColumn, promptColumn);
    }

    /// <summary>
    /// Gets the model service or the endpoint. In a workspace that enforces Unity Gateway, models are named <c>system.ai.…</c>.
    /// </summary>
    public string Model { get; }

    /// <summary>Gets the table with the prompts.</summary>
    public SqlTableName Source { get; }

    /// <summary>Gets the table that is created for the responses: the key column, and <c>r</c> with the response and the error.</summary>
    public SqlTableName Destination { get; }

    /// <summary>Gets the column that identifies a row.</summary>
    public string KeyColumn { get; }

    /// <summary>Gets the column with the prompt.</summary>
    public string PromptColumn { get; }

    /// <summary>Gets or sets the text before the value of the prompt column, such as an instruction.</summary>
    /// <value>Default: none.</value>
    public string? PromptPrefix { get; set; }

    /// <summary>Gets or sets the maximum number of output tokens of a response.</summary>
    /// <value>Default: that of the model.</value>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets the temperature.</summary>
    /// <value>Default: that of the model.</value>
    public double? Temperature { get; set; }

    /// <summary>Gets or sets the format of the responses: JSON, with a schema or without.</summary>
    /// <value>Default: text.</value>
    public ChatResponseFormat? ResponseFormat { get; set; }

    /// <summary>
    /// Gets or sets the number of rows for each statement, after which progress is reported. A statement that fails loses its rows only.
    /// </summary>
    /// <value>Default: 10,000.</value>
    public int RowsPerStatement { get; set; } = 10_000;

    /// <summary>Gets or sets a value indicating whether an existing destination is replaced.</summary>
    /// <value>Default: <see langword="false"/>, so that no responses are lost.</value>
    public bool ReplaceDestination { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the constant arguments of <c>ai_query</c> (the model, its parameters and the response
    /// format) are literals in place of parameters, for a warehouse that rejects parameter markers there. The model then consists of
    /// letters, digits, dots, hyphens and underscores, and the literals are escaped. Prompts stay parameters and columns.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because no value then becomes part of the SQL text.</value>
    public bool UseLiterals { get; set; }

    /// <summary>Gets or sets the average number of characters of a token, for estimates.</summary>
    /// <value>Default: 4, which is common for English text.</value>
    public double CharactersPerToken { get; set; } = 4;

    internal AiQueryBatchOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsPerStatement, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CharactersPerToken, 0);
        if (MaxOutputTokens is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(MaxOutputTokens));
        }

        if (Temperature is { } temperature && !double.IsFinite(temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(Temperature), temperature, "The temperature is not a finite number.");
        }

        return !UseLiterals || Model.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? (AiQueryBatchOptions)MemberwiseClone()
            : throw new ArgumentException(
                $"The model '{Model}' has a character that {nameof(UseLiterals)} does not accept: use letters, digits, dots, hyphens and "
                + "underscores.",
                nameof(Model));
    }
}
