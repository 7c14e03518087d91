namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>The kinds of output items; a refusal is a message with a part of its own.</summary>
internal enum OutputItemKind
{
    Message,
    Refusal,
    Reasoning,
    FunctionCall,
}
