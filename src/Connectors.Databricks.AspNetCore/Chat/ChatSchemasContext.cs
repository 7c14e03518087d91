using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>The contracts of the documents of the chat route, for OpenAPI.</summary>
[JsonSerializable(typeof(ChatRequestSchema))]
[JsonSerializable(typeof(ChatResponseSchema))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ChatSchemasContext : JsonSerializerContext;
