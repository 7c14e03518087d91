using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>What all chunks of a pattern say, beside what stands in its gaps.</summary>
internal sealed record ChunkFacts(string? Model, string? ServiceTier, string? SystemFingerprint, ChatRole? Role);
