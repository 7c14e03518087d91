using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>An option that is left out because of another one.</summary>
/// <param name="Option">The option, by its name in the body.</param>
/// <param name="Other">The option that takes precedence.</param>
/// <param name="AffectsAnswer">Whether responses can differ.</param>
/// <param name="Applies">Whether the model does not support the two together, and both are set.</param>
internal sealed record OptionRule(string Option, string Other, bool AffectsAnswer, Func<OptionFacts, bool> Applies);

/// <summary>What rules between options depend on.</summary>
/// <param name="Request">The request.</param>
/// <param name="Messages">Its messages, as they are sent.</param>
/// <param name="IsThinking">Whether thinking is turned on.</param>
internal readonly record struct OptionFacts(ChatRequest Request, IReadOnlyList<ChatMessage> Messages, bool IsThinking = false);
