using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>A value among the contents of a function result, such as a number next to an image.</summary>
internal sealed class ResultValue(object? value) : AIContent
{
    public object? Value { get; } = value;
}
