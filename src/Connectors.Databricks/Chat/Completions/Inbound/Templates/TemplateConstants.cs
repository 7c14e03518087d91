using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>The values in the constant bytes of a template, which apply to every chunk that matches it.</summary>
internal sealed record TemplateConstants(string? Model, string? ServiceTier, string? SystemFingerprint, ChatRole? Role);
