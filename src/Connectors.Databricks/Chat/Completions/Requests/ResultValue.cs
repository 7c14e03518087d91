using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Requests;

/// <summary>A value of a function result that stands among contents, such as a number beside an image.</summary>
internal sealed class ResultValue(object? value) : AIContent
{
    public object? Value { get; } = value;
}
